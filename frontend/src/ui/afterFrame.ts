/** Runs something once the frame that comes next is out. The result calls it off. */
export function afterFrame(run: () => void): () => void {
  // The engine comes to the next task after the frame.
  let task: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    task = setTimeout(run);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(task);
  };
}
