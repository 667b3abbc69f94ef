import type { Hex } from "@/domain/model";

/** First topic and signature of an event. The hash is written down so that reading needs no hash function. */
export type EventTopic = readonly [topic: Hex, signature: string];

/** What a Flux vault emits that the history is made of; the ERC-4626 ones are standard. */
export const VAULT_TOPICS = {
  transfer: [
    "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef",
    "Transfer(address,address,uint256)",
  ],
  deposit: [
    "0xdcbc1c05240f31ff3ad067ef1ee35ce4997762752e3a095284754544f4c709d7",
    "Deposit(address,address,uint256,uint256)",
  ],
  withdraw: [
    "0xfbde797d201c681b91056529119e0b02407c7bb96a4a2c75c01fc9667232c8db",
    "Withdraw(address,address,address,uint256,uint256)",
  ],
  borrowed: [
    "0xac59582e5396aca512fa873a2047e7f4c80f8f55d4a06cb34a78a0187f62719f",
    "Borrowed(address,uint256)",
  ],
  repaid: ["0x0516911bcc3a0a7412a44601057c0a0a1ec628bde049a84284bc428866534488", "Repaid(address,uint256)"],
  bondDeposited: [
    "0x8ed8c6869618197b68315ade66e75ed3906c97b111fa3ab81e5760046825c7db",
    "BondDeposited(address,uint256)",
  ],
  bondWithdrawn: [
    "0x0d41118e36df44efb77a471fc49fb9c0be0406d802ef95520e9fbf606e65b455",
    "BondWithdrawn(address,uint256)",
  ],
  positionLiquidated: [
    "0xcabecb4c98e9e2befc6824eb9e5de77066535a6ea9b7e8fcf2133642733394cd",
    "PositionLiquidated(address,address,uint256,uint256,uint256,uint256)",
  ],
  positionADL: [
    "0xd5fc85c63a63471238cdf26ec052ce7fed02b80c056d77f778cc9784fc5a75b8",
    "PositionADL(address,address,uint256,uint256)",
  ],
  lossRealised: [
    "0xf8aa32fc393da8fc981d02519031cf09985a6fde0190f829585fc16356883183",
    "LossRealised(address,uint256,uint256,uint256,uint256,uint256,uint256)",
  ],
  interestCollected: [
    "0x0abcfa9ece819bcdcfa052a818ce11f0b9fad8b3e3ccd98f120c40be689b690f",
    "InterestCollected(address,uint256,uint256,uint256)",
  ],
  recoveryReceived: [
    "0x064616d48f02e7880e59e9e13934573cbd5a3dbf2ecd55fed19e24277eaeddd4",
    "RecoveryReceived(address,uint256,uint256,uint256)",
  ],
} as const satisfies Readonly<Record<string, EventTopic>>;

/** What a mutable strategy emits when a parameter changes. */
export const STRATEGY_TOPICS = {
  parameterUpdated: [
    "0x181250cd1632d56acc747b0593f37b4aa08ed71df64928a8f35988dacea9f8fd",
    "ParameterUpdated(bytes32,uint256,uint256)",
  ],
  assetAllowed: [
    "0xa918a4160e8216eca57d47b5ff3d7d37f630f73f4df2077816c15786f8fe296e",
    "AssetAllowed(address,bool)",
  ],
} as const satisfies Readonly<Record<string, EventTopic>>;

/** OpenZeppelin TimelockController's own account of its queue. */
export const TIMELOCK_TOPICS = {
  callScheduled: [
    "0x4cf4410cc57040e44862ef0f45f3dd5a5e02db8eb8add648d4b0e236f1d07dca",
    "CallScheduled(bytes32,uint256,address,uint256,bytes,bytes32,uint256)",
  ],
  callSalt: [
    "0x20fda5fd27a1ea7bf5b9567f143ac5470bb059374a27e8f67cb44f946f6d0387",
    "CallSalt(bytes32,bytes32)",
  ],
  callExecuted: [
    "0xc2617efa69bab66782fa219543714338489c4e9e178271560a91b82c3f612b58",
    "CallExecuted(bytes32,uint256,address,uint256,bytes)",
  ],
  cancelled: ["0xbaa1eb22f2a492ba1a5fea61b8df4d27c6c8b5f3971e63bb58fa14ff72eedb70", "Cancelled(bytes32)"],
  minDelayChange: [
    "0x11c24f4ead16507c69ac467fbd5e4eed5fb5c699626d2cc6d66421df253886d5",
    "MinDelayChange(uint256,uint256)",
  ],
} as const satisfies Readonly<Record<string, EventTopic>>;

/** Every first topic, for the log filter. */
export const ALL_TOPICS: readonly Hex[] = [VAULT_TOPICS, STRATEGY_TOPICS, TIMELOCK_TOPICS].flatMap((group) =>
  Object.values<EventTopic>(group).map(([topic]) => topic),
);
