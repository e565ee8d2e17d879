/** Text with the part that was searched for made bold. */
export function Marked({ text, query }: { text: string; query: string }) {
  const at = query === "" ? -1 : text.toLocaleLowerCase("en").indexOf(query.toLocaleLowerCase("en"));
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <b className="font-bold">{text.slice(at, at + query.length)}</b>
      {text.slice(at + query.length)}
    </>
  );
}
