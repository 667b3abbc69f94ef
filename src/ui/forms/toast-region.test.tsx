// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Toast, ToastRegion } from "./toast-region";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const GOOD: Toast = { id: "a", state: "done", title: "Approved 5 USDC", expires: true };
const LIFE_MS = 12_000;

function show(toast: Toast) {
  const onExpire = vi.fn<(id: string) => void>();
  render(<ToastRegion toasts={[toast]} onDismiss={vi.fn<(id: string) => void>()} onExpire={onExpire} />);
  const pass = (ms: number): void => {
    act(() => {
      vi.advanceTimersByTime(ms);
    });
  };
  return { onExpire, pass };
}

describe("a toast", () => {
  it("of good news goes by itself after a while", () => {
    const { onExpire, pass } = show(GOOD);
    pass(LIFE_MS - 1);
    expect(onExpire).not.toHaveBeenCalled();
    pass(1);
    expect(onExpire).toHaveBeenCalledWith("a");
  });

  it("stays while it is pointed at or holds the focus, and its time then begins anew", () => {
    const { onExpire, pass } = show(GOOD);
    const item = screen.getByRole("listitem");
    fireEvent.pointerEnter(item);
    pass(10 * LIFE_MS);
    fireEvent.pointerLeave(item);
    const dismiss = screen.getByRole("button", { name: "Dismiss: Approved 5 USDC" });
    act(() => dismiss.focus());
    pass(10 * LIFE_MS);
    expect(onExpire).not.toHaveBeenCalled();
    act(() => dismiss.blur());
    pass(LIFE_MS);
    expect(onExpire).toHaveBeenCalledOnce();
  });

  it("of anything else stays until somebody puts it away", () => {
    const { onExpire, pass } = show({ id: "b", state: "failed", title: "Refused" });
    pass(100 * LIFE_MS);
    expect(onExpire).not.toHaveBeenCalled();
  });
});
