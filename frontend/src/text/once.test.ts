import { expect, test, vi } from "vitest";
import { once } from "./once";

test.each([{ made: "a format" }, { made: undefined }])(
  "$made is made when it is first used, once",
  ({ made }) => {
    const make = vi.fn<() => unknown>().mockReturnValue(made);
    const get = once(make);
    expect(make).not.toHaveBeenCalled();
    expect([get(), get()]).toEqual([made, made]);
    expect(make).toHaveBeenCalledOnce();
  },
);
