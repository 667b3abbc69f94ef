export interface LabelWish {
  readonly id: string;
  /** Where the middle of the label wants to be. */
  readonly y: number;
  readonly height: number;
  /** Which of two that want the same place stands above: the smaller. */
  readonly tie?: number;
  /** Higher stays when there is not room for all. */
  readonly priority: number;
  /** A label that would have to stand further away than this from its place is left out. */
  readonly maxShift?: number;
}

export interface PlacedLabel {
  readonly id: string;
  readonly y: number;
}

interface Block {
  readonly labels: LabelWish[];
  height: number;
  /** Where the block's top wants to be: the mean of its members' wishes. */
  wish: number;
}

/**
 * Places labels in one column between `top` and `bottom` so that none covers another, their order follows their
 * wishes, and all stand as near to them as that allows (least squares). Where not all fit, those of the lowest
 * priority are left out.
 */
export function placeLabels(input: {
  readonly labels: readonly LabelWish[];
  readonly top: number;
  readonly bottom: number;
}): readonly PlacedLabel[] {
  let kept = fitting(input.labels, input.bottom - input.top);
  for (;;) {
    const placed = spread(kept, input.top, input.bottom);
    const strayed = kept.filter((label) => {
      const at = placed.find((one) => one.id === label.id)?.y ?? label.y;
      return Math.abs(at - label.y) > (label.maxShift ?? Number.POSITIVE_INFINITY);
    });
    const least = strayed.reduce<LabelWish | undefined>(
      (lowest, label) => (lowest === undefined || label.priority < lowest.priority ? label : lowest),
      undefined,
    );
    if (least === undefined) return placed;
    kept = kept.filter((label) => label.id !== least.id);
  }
}

/** The most important labels whose heights add up to the room there is, in the order of their wishes. */
function fitting(labels: readonly LabelWish[], room: number): readonly LabelWish[] {
  let left = room;
  const kept = [...labels]
    .sort((a, b) => b.priority - a.priority)
    .filter((label) => {
      if (label.height > left) return false;
      left -= label.height;
      return true;
    });
  return kept.sort((a, b) => a.y - b.y || (a.tie ?? 0) - (b.tie ?? 0));
}

function spread(labels: readonly LabelWish[], top: number, bottom: number): readonly PlacedLabel[] {
  const blocks: Block[] = [];
  for (const label of labels) {
    let block: Block = { labels: [label], height: label.height, wish: label.y - label.height / 2 };
    // A block that reaches into the one above joins it; both move to the mean of what they wished.
    for (
      let above = blocks.at(-1);
      above !== undefined && topOf(above) + above.height > topOf(block);
      above = blocks.at(-1)
    ) {
      blocks.pop();
      const count = above.labels.length + block.labels.length;
      block = {
        labels: [...above.labels, ...block.labels],
        height: above.height + block.height,
        wish: (above.wish * above.labels.length + (block.wish - above.height) * block.labels.length) / count,
      };
    }
    blocks.push(block);
  }
  return blocks.flatMap((block) => {
    let y = topOf(block);
    return block.labels.map((label) => {
      const placed = { id: label.id, y: y + label.height / 2 };
      y += label.height;
      return placed;
    });
  });

  function topOf(block: Block): number {
    return Math.max(top, Math.min(block.wish, bottom - block.height));
  }
}
