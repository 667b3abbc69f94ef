import { type ReactNode, useMemo, useState } from "react";
import { parseAddress } from "@/data/parse-address";
import { useRuntime } from "@/data/runtime";
import { useVaultList } from "@/data/vault/use-vault-report";
import type { VaultReport } from "@/report/vault-report";
import { Badge } from "@/ui/data/badge";
import { EmptyState } from "@/ui/data/messages";
import { ProgressBar } from "@/ui/data/progress-bar";
import { Button } from "@/ui/forms/button";
import { SelectField, TextInput } from "@/ui/forms/inputs";
import { Grid } from "@/ui/layout/page";
import { Panel } from "@/ui/layout/panel";
import { alertTexts, alertThresholdsOf } from "./alert-texts";
import { faultText } from "./fault-text";
import { LiveStamp } from "./live-stamp";
import { progressText, vaultTitle } from "./model";

export interface VaultListPanelProps {
  /** What is shown of a vault whose report is there: its headline and its load line. */
  readonly children: (report: VaultReport) => ReactNode;
}

/** Every configured vault with its headline and its worst alert, and a way to any other vault by its address. */
export function VaultListPanel({ children }: VaultListPanelProps) {
  const vaults = useVaultList();
  const { config } = useRuntime();
  const thresholds = useMemo(() => alertThresholdsOf(config), [config]);
  return (
    <>
      {vaults.length === 0 && (
        <Panel>
          <EmptyState title="No vault is configured">
            Add vaults to plimsoll.config.json, or open one by its address below.
          </EmptyState>
        </Panel>
      )}
      <Grid columns={2}>
        {vaults.map((entry) => {
          const { report, error, config: vault } = entry;
          const href = `#/v/${vault.chainId}/${vault.address}`;
          const alerts = report === undefined ? undefined : alertTexts(report, thresholds);
          return (
            <Panel
              key={`${vault.chainId}:${vault.address}`}
              title={
                <a className="underline-offset-2 hover:underline" href={href}>
                  <bdi>{vaultTitle(vault, entry.state)}</bdi>
                </a>
              }
              description={entry.chainName}
              {...(report === undefined ? {} : { footer: <LiveStamp report={report} /> })}
            >
              {report !== undefined ? (
                <div className="flex flex-col gap-4">
                  <Alerts alerts={alerts} />
                  {children(report)}
                </div>
              ) : error !== undefined ? (
                <Fault {...faultText(error)} />
              ) : (
                <ProgressBar {...progressText(entry.progress)} />
              )}
            </Panel>
          );
        })}
      </Grid>
      <OpenByAddress />
    </>
  );
}

function Alerts({ alerts }: { readonly alerts: ReturnType<typeof alertTexts> }) {
  if (alerts === undefined)
    return (
      <span>
        <Badge tone="stale">Alerts unknown</Badge>
      </span>
    );
  const [worst, ...others] = alerts;
  if (worst === undefined)
    return (
      <span>
        <Badge tone="ok">No alert</Badge>
      </span>
    );
  return (
    <ul className="flex flex-col gap-1 text-[0.8125rem]">
      {[worst, ...others].map(({ id, tone, severity, text }) => (
        <li key={id} className="flex items-baseline gap-2">
          <Badge tone={tone}>{severity}</Badge>
          <span className="min-w-0">{text}</span>
        </li>
      ))}
    </ul>
  );
}

function Fault({ cause, whatToDo }: ReturnType<typeof faultText>) {
  return (
    <p role="alert" className="text-[0.8125rem]">
      <strong className="font-semibold text-danger">{cause}</strong> {whatToDo}
    </p>
  );
}

/** Any vault on a configured chain, listed or not. */
function OpenByAddress() {
  const { config } = useRuntime();
  const [chain, setChain] = useState(String(config.chains[0]?.id ?? ""));
  const [text, setText] = useState("");
  const [asked, setAsked] = useState(false);
  const parsed = parseAddress(text);
  const error = asked && !parsed.ok ? parsed.message : undefined;
  return (
    <Panel
      title="Open a vault by its address"
      description="Any Flux or ERC-4626 vault on a configured chain. A vault that this site does not list is marked so."
    >
      <form
        className="flex flex-wrap items-end gap-3"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          if (parsed.ok) window.location.hash = `#/v/${chain}/${parsed.address}`;
        }}
      >
        <SelectField
          label="Chain"
          value={chain}
          onChange={setChain}
          options={config.chains.map((one) => ({ value: String(one.id), label: one.name }))}
        />
        <div className="min-w-0 grow basis-72">
          <TextInput
            label="Vault address"
            value={text}
            onChange={setText}
            mono
            {...(error === undefined ? {} : { error })}
          />
        </div>
        <Button type="submit">Open</Button>
      </form>
    </Panel>
  );
}
