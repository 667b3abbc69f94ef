// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { chooseTheme, startTheme, themeChoiceOf, themeOf } from "./theme";

const device = { matches: false, onChange: (): void => undefined };

beforeEach(() => {
  device.matches = false;
  vi.restoreAllMocks();
  vi.stubGlobal("matchMedia", () => ({
    get matches() {
      return device.matches;
    },
    addEventListener: (_type: string, listener: () => void) => {
      device.onChange = listener;
    },
  }));
  window.localStorage.clear();
  document.documentElement.className = "";
});

const isDark = (): boolean => document.documentElement.classList.contains("dark");

describe("the theme", () => {
  it("takes any word it does not know as the device's choice", () => {
    expect([null, "", "sepia", "dark", "light"].map((word) => themeChoiceOf(word))).toEqual([
      "system",
      "system",
      "system",
      "dark",
      "light",
    ]);
  });

  it("follows the device only when nobody has chosen", () => {
    expect(themeOf("system", true)).toBe("dark");
    expect(themeOf("light", true)).toBe("light");
    expect(themeOf("dark", false)).toBe("dark");
  });

  it("starts with the stored choice and stays with it when the device changes", () => {
    window.localStorage.setItem("plimsoll.theme", "dark");
    startTheme();
    expect(isDark()).toBe(true);
    device.matches = false;
    device.onChange();
    expect(isDark()).toBe(true);
  });

  it("changes with the device when nothing is stored", () => {
    startTheme();
    expect(isDark()).toBe(false);
    device.matches = true;
    device.onChange();
    expect(isDark()).toBe(true);
  });

  it("remembers a choice", () => {
    startTheme();
    chooseTheme("dark");
    expect(isDark()).toBe(true);
    expect(window.localStorage.getItem("plimsoll.theme")).toBe("dark");
  });

  it("works without storage", () => {
    vi.spyOn(Storage.prototype, "getItem").mockImplementation(() => {
      throw new DOMException("blocked", "SecurityError");
    });
    vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("blocked", "SecurityError");
    });
    startTheme();
    chooseTheme("dark");
    expect(isDark()).toBe(true);
  });
});
