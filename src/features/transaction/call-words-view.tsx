import { clsx } from "clsx";
import type { ReactNode } from "react";
import type { ArgumentValue, CallArgument, CallDescription } from "@/data/transaction/call-words";
import type { AssetDescription } from "@/domain/model";
import { AddressLabel } from "@/ui/data/address-label";
import { CopyButton } from "@/ui/data/copy-button";
import { Callout } from "@/ui/data/messages";
import { amountText, isTuple } from "./call-text";

export interface CallWordsViewProps {
  readonly words: CallDescription;
  readonly asset: AssetDescription | undefined;
  readonly nameOf: (address: string) => string | undefined;
}

/** A call as its function and arguments; one that this build does not know, as its bytes and nothing friendlier. */
export function CallWordsView({ words, asset, nameOf }: CallWordsViewProps) {
  if (words.functionName === undefined) return <UnknownCall words={words} />;
  const context = { asset, nameOf, to: words.to };
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div className="min-w-0 rounded-md border border-line bg-sunken px-3 py-2 text-[0.8125rem]">
        <p className="break-all">
          <code className="font-mono font-semibold">{words.functionName}</code>
          {words.target !== undefined && (
            <span className="text-ink-muted">
              {" "}
              on the {words.target.kind} “{words.target.label}”
            </span>
          )}
        </p>
        <Arguments args={words.args} {...context} />
      </div>
      {!words.exact && (
        <Callout tone="danger" title="The bytes hold more than these words say">
          There is data beyond the arguments. Compare the exact bytes below before you sign.
        </Callout>
      )}
      {words.inner.length > 0 && (
        <div className="border-l-2 border-line-strong pl-3">
          <p className="mb-1 text-xs text-ink-muted">
            {words.inner.length === 1
              ? "One call inside it:"
              : `${words.inner.length} calls inside it, in this order:`}
          </p>
          <ol className="flex flex-col gap-2">
            {words.inner.map((inner, index) => (
              // Calls of a batch have no identity but their place.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={`${index}:${inner.to}:${inner.data}`}>
                <CallWordsView words={inner} asset={asset} nameOf={nameOf} />
              </li>
            ))}
          </ol>
        </div>
      )}
    </div>
  );
}

interface Context {
  readonly asset: AssetDescription | undefined;
  readonly nameOf: (address: string) => string | undefined;
  readonly to: string;
}

function Arguments({ args, ...context }: Context & { readonly args: readonly CallArgument[] }) {
  if (args.length === 0) return null;
  return (
    <dl className="mt-1 flex flex-col gap-1">
      {args.map((argument) => (
        <div
          key={argument.name}
          className={clsx("grid gap-x-3", !isNested(argument) && "sm:grid-cols-[9rem_minmax(0,1fr)]")}
        >
          <dt className="text-ink-muted">
            {argument.name} <span className="font-mono text-xs text-ink-faint">{argument.type}</span>
          </dt>
          <dd className={clsx("min-w-0", isNested(argument) && "border-l-2 border-line pl-3")}>
            {argument.isInner === true ? (
              <span className="text-ink-muted">read below, call by call</span>
            ) : argument.parts === undefined ? (
              <Value value={argument.value} argument={argument} {...context} />
            ) : (
              <Arguments args={argument.parts} {...context} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Arguments inside an argument stand below its name: beside it, each level would halve the room for the values. */
function isNested({ parts, value }: CallArgument): boolean {
  if (parts !== undefined || isTuple(value)) return true;
  return Array.isArray(value) && value.some((item) => isTuple(item));
}

function Value(
  props: Context & { readonly value: ArgumentValue; readonly argument: CallArgument },
): ReactNode {
  const { value, argument, ...context } = props;
  if (typeof value === "bigint") {
    const text = amountText(value, argument.unit, context);
    return (
      <span className="figures break-all">
        {text ?? value.toString()}
        {text !== undefined && argument.unit !== "wei" && (
          <span className="ml-1.5 text-xs text-ink-faint">{value.toString()}</span>
        )}
      </span>
    );
  }
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value === "string") return <Text value={value} type={argument.type} nameOf={context.nameOf} />;
  if (isTuple(value)) return <Arguments args={value} {...context} />;
  if (value.length === 0) return <span className="text-ink-muted">none</span>;
  return (
    <ol className="list-inside list-decimal">
      {value.map((item, index) => (
        // Elements of an array have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index}>
          <Value {...props} value={item} />
        </li>
      ))}
    </ol>
  );
}

function Text(props: { readonly value: string; readonly type: string; readonly nameOf: Context["nameOf"] }) {
  const { value, type, nameOf } = props;
  if (type.startsWith("address")) {
    const name = nameOf(value);
    return <AddressLabel address={value} {...(name === undefined ? {} : { name })} />;
  }
  if (value.length <= 66) return <code className="font-mono text-xs break-all">{value}</code>;
  return <LongBytes value={value} />;
}

function LongBytes({ value }: { readonly value: string }) {
  return (
    <span className="flex items-start gap-2">
      <code className="thin-scrollbar block max-h-24 min-w-0 overflow-y-auto font-mono text-xs break-all">
        {value}
      </code>
      <CopyButton text={value} what="bytes" />
    </span>
  );
}

function UnknownCall({ words }: { readonly words: CallDescription }) {
  return (
    <Callout tone="danger" title="This call cannot be read">
      <p>{reasonOf(words)} Sign only if you know these bytes from elsewhere.</p>
      <p className="mt-1">
        To <AddressLabel address={words.to} />
      </p>
      <LongBytes value={words.data} />
    </Callout>
  );
}

function reasonOf({ selector, target }: CallDescription): string {
  if (target === undefined) return "Its target is not a contract that this page knows.";
  if (selector === undefined) return "It carries no function selector.";
  return `Its selector ${selector} is not one that this build knows for a ${target.kind}.`;
}
