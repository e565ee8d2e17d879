import { useState } from "react";

/**
 * Returns which of the twelve hues of styles.css belongs to an id, 0 to 11. An engine works
 * their colours out once; it would work out a hue that is set on an element by itself for
 * each row, whenever another user is shown in it.
 */
function hueOf(id: string): number {
  let hash = 0;
  for (const letter of id) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return hash % 12;
}

const look =
  "relative inline-block shrink-0 rounded-full text-center font-bold bg-[oklch(var(--avatar-l)_var(--avatar-c)_var(--hue))] text-[oklch(var(--avatar-tl)_var(--avatar-tc)_var(--hue))]";
const sizes = {
  sm: `${look} size-5 text-[0.5625rem]/5`,
  md: `${look} size-6.5 text-[0.625rem]/6.5`,
  lg: `${look} size-11 text-15/11`,
};

/** Initials on a colour that belongs to the id, below a picture if there is one that loads. Decoration: the name stands beside it. */
export function Avatar({
  id,
  initials,
  picture = "",
  size = "md",
}: {
  id: string;
  initials: string;
  /** Where the picture is, "" for none. */
  picture?: string;
  size?: keyof typeof sizes;
}) {
  const [broken, setBroken] = useState("");
  return (
    <span aria-hidden data-hue={hueOf(id)} className={sizes[size]}>
      {initials}
      {picture === "" || picture === broken ? null : (
        <img
          key={picture} // of another user: the one before must not stay until it has loaded
          src={picture}
          alt=""
          draggable={false}
          className="absolute inset-0 size-full rounded-full object-cover"
          onError={() => setBroken(picture)}
        />
      )}
    </span>
  );
}

/** The initials of a name, for where Go does not send any. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters
    .map((word) => Array.from(word ?? "")[0] ?? "")
    .join("")
    .toLocaleUpperCase("en");
}
