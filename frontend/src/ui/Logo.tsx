import mark from "./icon.svg";

/** The program's mark. Decoration: its name stands beside it. */
export function Logo({ className }: { className?: string }) {
  return <img src={mark} alt="" draggable={false} className={className} />;
}
