import { parentPort, workerData } from "node:worker_threads";
import { inSlices } from "@/data/risk/worker/in-slices";
import { historyRiskSteps } from "@/domain/risk/history-risk";
import { hourlyRounds, scenarioBook } from "./scenario-world";

/** What the thread is given when it is started. */
export interface ScenarioChildData {
  readonly positions: number;
  readonly rounds: number;
}

/** What the thread says. */
export type ScenarioChildReply = "ready" | "computing" | "cancelled" | "finished";

const port = parentPort;
if (port === null) throw new Error("this file is a worker thread's");
const { positions, rounds } = workerData as ScenarioChildData;
const book = scenarioBook(positions);
const input = {
  rounds: hourlyRounds(rounds),
  horizonSeconds: 86_400n,
  quantileWad: 95n * 10n ** 16n,
};
const say = (reply: ScenarioChildReply): void => port.postMessage(reply);

let isCancelled = false;
port.on("message", (asked: "start" | "cancel") => {
  isCancelled = asked === "cancel";
  if (asked === "cancel") return;
  void inSlices(historyRiskSteps(book, input), {
    isCancelled: () => isCancelled,
    onProgress: () => say("computing"),
  }).then(({ kind }) => say(kind));
});
say("ready");
