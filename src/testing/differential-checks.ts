/** What the differential tests share: going through the vaults, and taking figures apart. */
import fc from "fast-check";
import { expect } from "vitest";
import { isKnown } from "@/domain/figure";
import { trueDebtAssets } from "@/domain/health";
import type { Address, Figure, FluxState } from "@/domain/model";
import type { Observation, Played, Sheet } from "./differential-played";
import { completeOf } from "./vault-builders";

/** A vault on which domain and contracts differ: the message says how to play it again, the cause what differs. */
class DifferentialError extends Error {
  override readonly name = "DifferentialError";
}

/**
 * Compares something of every vault.
 * @throws DifferentialError for the first vault that shows a difference
 */
export function inEveryVault<T extends Played>(plays: readonly T[], compare: (played: T) => void): void {
  expect(plays.length).toBeGreaterThan(0);
  for (const [place, played] of plays.entries()) {
    try {
      compare(played);
    } catch (cause) {
      throw new DifferentialError(`vault ${place}: ${fc.stringify(played.scenario)}`, { cause });
    }
  }
}

/** The figure's value; a figure that is unknown is a failure here. */
export function valueOf<T>(figure: Figure<T>): T {
  if (!isKnown(figure)) throw new Error(`unknown: ${figure.reason}`);
  return figure.value;
}

/** What the vault publishes beyond ERC-4626. */
export function fluxOf(observation: Observation): FluxState {
  const { flux } = observation.state;
  if (flux === undefined) throw new Error("not a Flux vault");
  return flux;
}

/** The figures of one manager. */
export function sheetOf(observation: Observation, manager: Address): Sheet {
  const sheet = observation.sheets.find((one) => one.manager.manager === manager);
  if (sheet === undefined) throw new Error("not observed");
  return sheet;
}

/** Managers with a debt. */
export const owing = (observation: Observation) =>
  observation.sheets.filter(({ manager }) => trueDebtAssets(manager) > 0n);

/** The observation as a snapshot of which the domain knows that it is complete. */
export const completeSnapshot = (observation: Observation) =>
  completeOf(
    observation.sheets.map(({ manager }) => manager),
    { state: observation.state, flux: fluxOf(observation) },
  );

/** Expects a difference within stated bounds, both included. */
export function expectBetween(value: bigint, [least, most]: readonly [least: bigint, most: bigint]): void {
  expect(value).toBeGreaterThanOrEqual(least);
  expect(value).toBeLessThanOrEqual(most);
}
