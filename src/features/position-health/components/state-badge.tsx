import type { ShortfallState } from "@/domain/bad-debt";
import { Badge } from "@/ui/data/badge";
import { DEAD_ZONE_MEANING, STATE_WORD } from "../messages";

/** A manager's standing in one word, the dead zone beside it. */
export function StateBadge(props: { readonly state: ShortfallState; readonly isInDeadZone: boolean }) {
  const { word, tone, meaning } = STATE_WORD[props.state];
  return (
    <span className="inline-flex flex-wrap gap-1">
      <Badge tone={tone} title={meaning}>
        {word}
      </Badge>
      {props.isInDeadZone && (
        <Badge tone="caution" title={DEAD_ZONE_MEANING}>
          Dead zone
        </Badge>
      )}
    </span>
  );
}
