import { element } from "./dock";
import type { Question } from "./provider";
import { type DescribedCall, describeCall } from "./server-api";

/**
 * The wallet's question, in a native modal dialog: it lies above the app's own dialogs, Escape refuses.
 */
export async function askPerson(args: {
  readonly shadow: ShadowRoot;
  readonly question: Question;
  readonly labels: Readonly<Record<string, string>>;
}): Promise<boolean> {
  const content = await describe(args.question, args.labels);
  const reject = element("button", { type: "button", textContent: "Reject" });
  const approve = element("button", {
    type: "button",
    className: "primary",
    textContent: args.question.kind === "connect" ? "Connect" : "Approve",
  });
  const title = element("h2", { id: "question", textContent: content.title });
  const dialog = element("dialog", {}, [
    title,
    element("p", { textContent: `${location.host} asks the devnet wallet.` }),
    rows(content.rows),
    element("div", { className: "actions" }, [reject, approve]),
  ]);
  dialog.setAttribute("aria-labelledby", "question");
  args.shadow.append(dialog);
  return new Promise((resolve) => {
    let agreed = false;
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(agreed);
    });
    reject.addEventListener("click", () => dialog.close());
    approve.addEventListener("click", () => {
      agreed = true;
      dialog.close();
    });
    dialog.showModal();
    approve.focus({ preventScroll: true });
  });
}

type Row = readonly [term: string, text: string, kind?: "mono" | "data"];

async function describe(
  question: Question,
  labels: Readonly<Record<string, string>>,
): Promise<{ title: string; rows: readonly Row[] }> {
  const account: Row = ["Account", `${question.account.label} (${question.account.role})`];
  const address: Row = ["", question.account.address, "mono"];
  switch (question.kind) {
    case "connect":
      return { title: "Connect this account?", rows: [account, address] };
    case "message":
      return {
        title: "Sign this message?",
        rows: [account, address, ["Message", readable(question.text), "data"]],
      };
    case "typed-data": {
      const { domain, primaryType, message } = question.typedData;
      return {
        title: `Sign this ${primaryType.toLowerCase()}?`,
        rows: [
          account,
          address,
          ["For", [domain["name"], domain["version"]].map(String).join(", version ")],
          ...Object.entries(message).map(([name, value]): Row => {
            const text = typeof value === "string" ? value : JSON.stringify(value);
            const label = labels[text.toLowerCase()];
            return [name, label === undefined ? text : `${label} (${text})`, "mono"];
          }),
        ],
      };
    }
    case "transaction": {
      const { request } = question;
      const data = request.data ?? request.input ?? "0x";
      const call = await describedOrNothing({ ...(request.to ? { to: request.to } : {}), data });
      const to = request.to?.toLowerCase();
      const label = to === undefined ? undefined : (labels[to] ?? call.toLabel);
      return {
        title: "Send this transaction?",
        rows: [
          account,
          ["To", to === undefined ? "a new contract" : (label ?? "an address unknown to the devnet")],
          ...(to === undefined ? [] : [["", to, "mono"] as const]),
          ["Value", `${etherText(request.value ?? "0x0")} ETH`],
          ...(call.functionName === undefined ? [] : [["Function", call.functionName] as const]),
          ...(call.args ?? []).map((entry): Row => [entry.name, entry.value, "mono"]),
          ["Data", data, "data"],
        ],
      };
    }
  }
}

/** Words are a courtesy: when the server cannot give them, the raw bytes below still say what is signed. */
async function describedOrNothing(call: { to?: string; data: string }): Promise<DescribedCall> {
  try {
    return await describeCall(call);
  } catch (cause) {
    console.warn("The devnet wallet shows raw data only:", cause);
    return {};
  }
}

function rows(entries: readonly Row[]): HTMLElement {
  const list = element("dl");
  for (const [term, text, kind] of entries) {
    const value = element("dd", { textContent: text });
    if (kind !== undefined) value.className = kind === "data" ? "mono data" : "mono";
    if (kind === "data") value.tabIndex = 0;
    list.append(element("dt", { textContent: term }), value);
  }
  return list;
}

/** Wei as ether, exactly. */
function etherText(hex: string): string {
  const wei = BigInt(hex);
  const fraction = (wei % 10n ** 18n).toString().padStart(18, "0").replace(/0+$/, "");
  return `${wei / 10n ** 18n}${fraction === "" ? "" : `.${fraction}`}`;
}

function readable(text: string): string {
  if (!/^0x([0-9a-f]{2})+$/i.test(text)) return text;
  const bytes = Uint8Array.from(text.slice(2).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    console.info("The message is not text; it is shown as bytes:", cause);
    return text;
  }
}
