// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { AddressLabel, hexParts } from "./address-label";

const ADDRESS = "0x1234567890abcdef1234567890abcdef12345678";
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe("an address", () => {
  it("is shown by its first and last six digits and can be put together again", () => {
    const { head, middle, tail } = hexParts(ADDRESS);
    expect([head, tail]).toEqual(["0x123456", "345678"]);
    expect(head + middle + tail).toBe(ADDRESS);
  });

  it("is read out whole", () => {
    render(<AddressLabel address={ADDRESS} href="#/lps" />);
    expect(screen.getByRole("link", { name: ADDRESS })).toBeDefined();
  });

  it("is copied whole and says that it was", async () => {
    const writeText = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());
    vi.stubGlobal("navigator", { clipboard: { writeText } });
    render(<AddressLabel address={ADDRESS} />);
    fireEvent.click(screen.getByRole("button", { name: "Copy address" }));
    expect(await screen.findByText("address copied")).toBeDefined();
    expect(writeText).toHaveBeenCalledWith(ADDRESS);
  });

  it("says when the browser refuses the clipboard", async () => {
    vi.stubGlobal("navigator", { clipboard: { writeText: () => Promise.reject(new DOMException("no")) } });
    render(<AddressLabel address={ADDRESS} />);
    fireEvent.click(screen.getByRole("button", { name: "Copy address" }));
    expect(await screen.findByText("address could not be copied")).toBeDefined();
  });
});
