import { defineConfig } from "@playwright/test";
import { findBrowser, QUIET_FLAGS } from "./e2e/tools/find-browser";

const executablePath = findBrowser()?.path;

export default defineConfig({
  testDir: "./e2e",
  testMatch: ["specs/**/*.spec.ts"],
  outputDir: "./e2e/.out/results",
  fullyParallel: true,
  workers: 3,
  // A test that needs a second try is a fault to be found, not to be hidden.
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  globalTimeout: 15 * 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json", { outputFile: "e2e/.out/browser.json" }]],
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "UTC",
    // A trace costs a sixth of the run; `--trace on` records one of the test that is looked into.
    trace: "off",
    screenshot: "only-on-failure",
    video: "off",
    actionTimeout: 10_000,
    launchOptions: { args: [...QUIET_FLAGS], ...(executablePath === undefined ? {} : { executablePath }) },
  },
});
