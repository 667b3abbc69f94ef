// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { PercentInput } from "./inputs";
import { Slider } from "./slider";

afterEach(cleanup);

describe("a button", () => {
  it("that may not be pressed gives its reason in words", () => {
    const onClick = vi.fn<() => void>();
    render(
      <Button onClick={onClick} disabledReason="Only a proposer may schedule.">
        Schedule
      </Button>,
    );
    const button = screen.getByRole("button", {
      name: "Schedule",
      description: "Only a proposer may schedule.",
    });
    fireEvent.click(button);
    expect(onClick).not.toHaveBeenCalled();
  });

  it("that is busy keeps the focus and does nothing a second time", () => {
    const onClick = vi.fn<() => void>();
    render(
      <Button onClick={onClick} busy>
        Sign
      </Button>,
    );
    const button = screen.getByRole("button", { name: "Sign" });
    button.focus();
    fireEvent.click(button);
    expect(onClick).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(button);
  });
});

describe("a field", () => {
  it("keeps its hint beside a warning, and calls nothing invalid for it", () => {
    render(
      <PercentInput
        label="Bond"
        value="1"
        onChange={vi.fn<(value: string) => void>()}
        hint="Between 5 and 100."
        warning="That is low."
      />,
    );
    const input = screen.getByRole("textbox", { name: "Bond", description: /That is low.*Between 5/ });
    expect(input.getAttribute("aria-invalid")).toBeNull();
  });

  it("ties its error to the control", () => {
    render(
      <PercentInput
        label="Bond"
        value="x"
        onChange={vi.fn<(value: string) => void>()}
        error="Enter a percentage such as 12.5"
      />,
    );
    const input = screen.getByRole("textbox", {
      name: "Bond",
      description: "Enter a percentage such as 12.5",
    });
    expect(input.getAttribute("aria-invalid")).toBe("true");
  });
});

describe("a slider", () => {
  function Held({ onChange }: { readonly onChange: (value: number) => void }) {
    const [value, setValue] = useState(20);
    const take = (next: number): void => {
      setValue(next);
      onChange(next);
    };
    return <Slider label="Fall" value={value} onChange={take} min={10} max={80} step={1} unit="%" />;
  }

  it("lets a number be typed that is out of range on the way to one that is not", () => {
    const onChange = vi.fn<(value: number) => void>();
    render(<Held onChange={onChange} />);
    const typed = screen.getByRole("spinbutton");
    fireEvent.change(typed, { target: { value: "" } });
    fireEvent.change(typed, { target: { value: "3" } });
    expect(onChange).not.toHaveBeenCalled();
    fireEvent.change(typed, { target: { value: "35" } });
    expect(onChange.mock.calls).toEqual([[35]]);
  });

  it("goes back to the last number in range when the field is left", () => {
    render(<Held onChange={vi.fn<(value: number) => void>()} />);
    const typed = screen.getByRole<HTMLInputElement>("spinbutton");
    fireEvent.change(typed, { target: { value: "900" } });
    fireEvent.blur(typed);
    expect(typed.value).toBe("20");
  });
});

describe("a dialog", () => {
  beforeEach(() => {
    // jsdom has the element but not its methods.
    HTMLDialogElement.prototype.showModal = function showModal() {
      this.open = true;
    };
    HTMLDialogElement.prototype.close = function close() {
      this.open = false;
    };
  });

  it("asks to be closed on Escape and leaves the deciding to its owner", () => {
    const onClose = vi.fn<() => void>();
    render(
      <Dialog open onClose={onClose} title="Review">
        text
      </Dialog>,
    );
    const dialog = screen.getByRole<HTMLDialogElement>("dialog", { name: "Review" });
    fireEvent(dialog, new Event("cancel", { cancelable: true }));
    expect(onClose).toHaveBeenCalledTimes(1);
    expect(dialog.open).toBe(true);
  });

  it("stays open while the wallet is waited for", () => {
    const onClose = vi.fn<() => void>();
    render(
      <Dialog open locked onClose={onClose} title="Review">
        text
      </Dialog>,
    );
    const dialog = screen.getByRole("dialog", { name: "Review" });
    fireEvent(dialog, new Event("cancel", { cancelable: true }));
    fireEvent.click(dialog);
    expect(onClose).not.toHaveBeenCalled();
    expect(screen.queryByRole("button", { name: "Close" })).toBeNull();
  });
});
