import type { WalletProblem } from "@/data/wallet/use-wallet";

export interface Words {
  readonly title: string;
  readonly detail: string;
  /** Nothing is wrong: somebody changed their mind. */
  readonly isCalm: boolean;
}

const OTHER = "The wallet did not say more. Open it, see whether it asks for something, and try again.";

const CONNECT: Readonly<Partial<Record<WalletProblem["code"], Words>>> = {
  "user-rejected": {
    title: "Not connected",
    detail: "You declined in the wallet. Nothing was shared with this page.",
    isCalm: true,
  },
  "request-pending": {
    title: "Your wallet is already asking",
    detail: "Open the wallet: a request of this page waits there. Answer it, then try again here if needed.",
    isCalm: true,
  },
};

const SWITCH: Readonly<Partial<Record<WalletProblem["code"], Words>>> = {
  "user-rejected": {
    title: "The chain was not switched",
    detail: "You declined in the wallet. You can go on reading; signing needs the other chain.",
    isCalm: true,
  },
  "request-pending": {
    title: "Your wallet is already asking",
    detail: "Open the wallet and answer the request that waits there.",
    isCalm: true,
  },
  "wrong-chain": {
    title: "The wallet did not switch",
    detail: "It may not know this chain, or may have refused to add it. Add the chain in the wallet by hand.",
    isCalm: false,
  },
};

/** What went wrong between the page and the wallet, in words. */
export function wordsOf({ during, code }: WalletProblem): Words {
  const known = (during === "connect" ? CONNECT : SWITCH)[code];
  if (known !== undefined) return known;
  const title =
    during === "connect" ? "The wallet could not be connected" : "The chain could not be switched";
  return { title, detail: OTHER, isCalm: false };
}
