import type { KnownContract } from "@/chain/writes/describe";
import type { Address, AssetDescription, Hex } from "@/domain/model";
import type {
  CallTarget,
  Expectation,
  ExpectedEvent,
  InnerCall,
  PlainCall,
  SigningRequest,
  StateCheck,
  TransactionIntent,
} from "./intent";
import type { SentTransaction } from "./machine";

/** A transaction as it is kept across reloads. */
export interface StoredTransaction {
  readonly id: string;
  readonly intent: TransactionIntent;
  readonly request: SigningRequest;
  /** Where the account and the chain stood when the wallet was asked. */
  readonly asked: { readonly blockNumber: bigint; readonly nonce: bigint };
  /** undefined: the wallet was asked and its answer is not known. */
  readonly sent: SentTransaction | undefined;
}

const VERSION = 1;

const CONTRACT_KINDS: ReadonlySet<string> = new Set<KnownContract["kind"]>([
  "vault",
  "strategy",
  "timelock",
  "factory",
  "executor",
  "token",
  "registry",
]);

/** JSON has no integers of this size: they travel as `{"$int": "…"}`. */
function encode(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "bigint" ? { $int: inner.toString() } : inner,
  );
}

/** The record as text, for `decodeStored`. */
export function encodeStored(record: StoredTransaction): string {
  return encode({ version: VERSION, record });
}

/** Text that is equal exactly for equal intents. */
export function encodeIntent(intent: TransactionIntent): string {
  return encode(intent);
}

/** The record in the text, or undefined when the text is not exactly what `encodeStored` writes. */
export function decodeStored(text: string): StoredTransaction | undefined {
  const parsed = parse(text);
  if (!isObject(parsed) || parsed["version"] !== VERSION) return undefined;
  return isStored(parsed["record"]) ? parsed["record"] : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text, (_key, value: unknown) => {
      if (!isObject(value)) return value;
      const digits = value["$int"];
      return typeof digits === "string" && /^-?\d{1,80}$/.test(digits) ? BigInt(digits) : value;
    });
  } catch {
    // Not JSON at all: the caller treats it as it treats any other foreign text.
    return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;
type Guard<T> = (value: unknown) => value is T;

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText: Guard<string> = (value) => typeof value === "string";
const isFlag: Guard<boolean> = (value) => typeof value === "boolean";
const isInt: Guard<bigint> = (value): value is bigint => typeof value === "bigint" && value >= 0n;
const isId: Guard<number> = (value): value is number => Number.isSafeInteger(value);
const isHex: Guard<Hex> = (value): value is Hex => isText(value) && /^0x(?:[0-9a-f]{2})*$/.test(value);
const isHash: Guard<Hex> = (value): value is Hex => isHex(value) && value.length === 66;
const isAddress: Guard<Address> = (value): value is Address => isHex(value) && value.length === 42;
const isMaybe =
  <T>(guard: Guard<T>): Guard<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || guard(value);
const isListOf =
  <T>(guard: Guard<T>): Guard<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.every((item) => guard(item));

/** The names are tied to the type, so that a field added to it does not compile until it is checked here too. */
type ShapeOf<T> = { readonly [Key in keyof T]-?: Guard<T[Key]> };

function isShaped<T extends object>(shape: ShapeOf<T>): Guard<T> {
  const checks = Object.entries<Guard<unknown>>(shape as Record<string, Guard<unknown>>);
  return (value): value is T => isObject(value) && checks.every(([name, guard]) => guard(value[name]));
}

const isCall = isShaped<PlainCall>({ to: isAddress, data: isHex, value: isInt });

const isRequest = isShaped<SigningRequest>({
  chainId: isId,
  from: isAddress,
  to: isAddress,
  data: isHex,
  value: isInt,
});

const isExpectation: Guard<Expectation> = (value): value is Expectation => {
  if (!isObject(value)) return false;
  switch (value["kind"]) {
    case "equals":
    case "differs":
      return isHash(value["word"]);
    case "at-least":
      return isInt(value["value"]);
    default:
      return false;
  }
};

const isCheck = isShaped<StateCheck>({
  label: isText,
  otherwise: isText,
  to: isAddress,
  data: isHex,
  expects: isExpectation,
});

const isEvent = isShaped<ExpectedEvent>({ label: isText, address: isAddress, topics: isListOf(isHash) });
const isInner = isShaped<InnerCall>({ label: isText, from: isAddress, call: isCall });
const isTarget = isShaped<CallTarget>({
  address: isAddress,
  name: isText,
  codeHash: isMaybe(isHash),
  listed: isFlag,
});

const isKind: Guard<KnownContract["kind"]> = (value): value is KnownContract["kind"] =>
  isText(value) && CONTRACT_KINDS.has(value);

const isKnownContract = isShaped<KnownContract>({ kind: isKind, label: isText });

const isKnown: Guard<TransactionIntent["known"]> = (value): value is TransactionIntent["known"] =>
  isObject(value) && Object.entries(value).every(([name, one]) => isAddress(name) && isKnownContract(one));

const isAsset = isShaped<AssetDescription>({ address: isAddress, symbol: isText, decimals: isId });

const isKey: Guard<readonly unknown[]> = (value): value is readonly unknown[] => Array.isArray(value);

const isIntent = isShaped<TransactionIntent>({
  key: isText,
  chainId: isId,
  account: isAddress,
  title: isText,
  effect: isListOf(isText),
  call: isCall,
  target: isTarget,
  known: isKnown,
  asset: isMaybe(isAsset),
  issues: isListOf(isText),
  before: isListOf(isCheck),
  inner: isListOf(isInner),
  after: isListOf(isCheck),
  events: isListOf(isEvent),
  invalidates: isListOf(isKey),
});

const isSent = isShaped<SentTransaction>({
  request: isRequest,
  hash: isHash,
  nonce: isMaybe(isInt),
  replaced: isListOf(isHash),
});

const isStored = isShaped<StoredTransaction>({
  id: isText,
  intent: isIntent,
  request: isRequest,
  asked: isShaped<StoredTransaction["asked"]>({ blockNumber: isInt, nonce: isInt }),
  sent: isMaybe(isSent),
});
