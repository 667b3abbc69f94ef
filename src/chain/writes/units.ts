/** What the number in an argument counts, so that it can be shown as a person would read it. */
export type ArgumentUnit =
  /** The vault's base asset. */
  | "assets"
  /** The vault's shares. */
  | "shares"
  /** The token that is called, or a token named beside the amount. */
  | "token"
  /** A ratio or a yearly rate, 10^18 = 100 %. */
  | "wad"
  | "bps"
  | "wei"
  /** A length of time. */
  | "seconds"
  /** A moment, Unix seconds. */
  | "timestamp"
  /** How a liquidation is paid for. */
  | "liquidation-mode";

/** `contract.function.argument` to unit; arguments that are no amounts are not listed. */
const UNITS: Readonly<Record<string, ArgumentUnit>> = {
  "vault.approve.value": "shares",
  "vault.contribute.amount": "assets",
  "vault.deposit.assets": "assets",
  "vault.mint.shares": "shares",
  "vault.redeem.shares": "shares",
  "vault.transfer.value": "shares",
  "vault.transferFrom.value": "shares",
  "vault.withdraw.assets": "assets",
  "vault.locked_borrow.amount": "assets",
  "vault.locked_depositBond.amount": "assets",
  "vault.locked_moveFunds.amount": "assets",
  "vault.locked_repay.amount": "assets",
  "vault.locked_withdrawBond.amount": "assets",
  "vault.setCuratorFeeRate.newRate": "bps",
  "factory.setProtocolFeeRate.newRate": "bps",
  "strategy.setInterestRate.newRate": "wad",
  "strategy.setMinBondRatio.newRatio": "wad",
  "token.approve.value": "token",
  "token.transfer.value": "token",
  "token.transferFrom.value": "token",
  "timelock.schedule.value": "wei",
  "timelock.schedule.delay": "seconds",
  "timelock.scheduleBatch.delay": "seconds",
  "timelock.execute.value": "wei",
  "timelock.updateDelay.newDelay": "seconds",
  "liquidation.data.mode": "liquidation-mode",
  "liquidation.data.maxPayment": "assets",
  "liquidation.data.minProceeds": "assets",
  "liquidation.data.deadline": "timestamp",
};

/** The unit of one argument; undefined for addresses, labels and raw numbers. */
export function unitOf(contract: string, path: string): ArgumentUnit | undefined {
  return UNITS[`${contract}.${path}`];
}
