import { describe, expect, it } from "vitest";
import { findBrowser, findOrInstallBrowser, type Machine, NoBrowserError } from "./find-browser";

/** A machine with these programs; every one of them starts. */
function machineWith(
  programs: readonly string[],
  change: Partial<Machine> = {},
): Machine & { ran: string[] } {
  const ran: string[] = [];
  return {
    env: { PATH: "/usr/bin" },
    platform: "linux",
    isRoot: false,
    playwrightPath: () => "/cache/playwright/chrome",
    exists: (path) => programs.includes(path),
    versionOf: (path) => (programs.includes(path) ? `Chromium of ${path}` : undefined),
    run: (command, args) => {
      ran.push([command, ...args].join(" "));
      return true;
    },
    ...change,
    ran,
  };
}

describe("finding a browser", () => {
  const everything = ["/mine/chromium", "/usr/bin/chromium", "/cache/playwright/chrome"];

  it("takes the named one before all others", () => {
    const env = { PATH: "/usr/bin", PLIMSOLL_CHROMIUM: "/mine/chromium" };
    expect(findBrowser(machineWith(everything, { env }))).toMatchObject({
      path: "/mine/chromium",
      source: "PLIMSOLL_CHROMIUM",
    });
  });

  it("refuses a named one that does not start instead of taking another", () => {
    const env = { PATH: "/usr/bin", PLIMSOLL_CHROMIUM: "/gone" };
    expect(() => findBrowser(machineWith(everything, { env }))).toThrow(NoBrowserError);
  });

  it("takes the system's before Playwright's own", () => {
    expect(findBrowser(machineWith(everything))?.path).toBe("/usr/bin/chromium");
    expect(findBrowser(machineWith(["/cache/playwright/chrome"]))?.source).toBe("Playwright's own");
  });

  it("passes over a system one that does not start", () => {
    const machine = machineWith(everything, {
      versionOf: (path) => (path === "/usr/bin/chromium" ? undefined : "1"),
    });
    expect(findBrowser(machine)?.path).toBe("/cache/playwright/chrome");
  });

  it("installs one as root on Linux, with fonts, and says so", () => {
    const programs = ["/usr/bin/apt-get"];
    const machine = machineWith(programs, { isRoot: true });
    const installing: Machine = {
      ...machine,
      run: (command, args) => {
        if (args[0] === "install") programs.push("/usr/bin/chromium");
        return machine.run(command, args);
      },
    };
    expect(findOrInstallBrowser(installing).source).toBe("just installed with apt-get");
    expect(machine.ran).toEqual([
      "apt-get update",
      "apt-get install -y --no-install-recommends chromium fonts-liberation",
    ]);
  });

  it.each<[string, Partial<Machine>]>([
    ["not root", {}],
    ["not on Linux", { isRoot: true, platform: "darwin" }],
    ["the package manager fails", { isRoot: true, run: () => false }],
  ])("says what to do when it is %s", (_title, change) => {
    const machine = machineWith(["/usr/bin/apt-get"], change);
    expect(() => findOrInstallBrowser(machine)).toThrow(/PLIMSOLL_CHROMIUM=/);
  });
});
