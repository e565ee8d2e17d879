import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "@/ui/Icon";

/** One of several things in a section: an icon, what it is, and a line about it. */
export function Way({
  icon,
  title,
  line,
  tag,
}: {
  icon: LucideIcon;
  title: ReactNode;
  /** Parts that are missing are left out. */
  line: readonly ReactNode[];
  tag?: ReactNode;
}) {
  const said = line.filter((part) => part !== "" && part !== null);
  return (
    <li className="flex items-center gap-2.5">
      <Icon icon={icon} className="text-ink-2" />
      <div className="min-w-0 flex-1 select-text">
        <p className="truncate text-12">{title}</p>
        {said.length === 0 ? null : (
          <p className="text-11 break-words text-ink-2">
            {said.map((part, i) => (
              // oxlint-disable-next-line react/no-array-index-key -- parts of one sentence never change places
              <span key={i}>
                {i > 0 ? " · " : ""}
                {part}
              </span>
            ))}
          </p>
        )}
      </div>
      {tag}
    </li>
  );
}
