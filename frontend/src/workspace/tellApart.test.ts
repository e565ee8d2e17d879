import { expect, test } from "vitest";
import { tellApart } from "./tellApart";

const ingrid = { id: "user_1", name: "Ingrid Solheim", email: "ingrid@fjordbank.example" };

test.each([
  ["another name", { id: "user_2", name: "Noor Haddad", email: "noor@northwind.example" }, []],
  ["the same user twice", ingrid, []],
  [
    "the same name",
    { ...ingrid, id: "user_2", email: "i.solheim@mail.example" },
    ["ingrid@fjordbank.example", "i.solheim@mail.example"],
  ],
  [
    "the same name in other letters, with one that nobody sees",
    { id: "user_2", name: "ÍNGRID  Sol\u200bheim", email: "i.solheim@mail.example" },
    ["ingrid@fjordbank.example", "i.solheim@mail.example"],
  ],
  ["the same name and address", { ...ingrid, id: "user_2" }, ["user_1", "user_2"]],
  [
    "the same name without an address",
    { ...ingrid, id: "user_2", email: "" },
    ["ingrid@fjordbank.example", "user_2"],
  ],
])("beside %s", (_, other, told) => {
  expect([...tellApart([ingrid, other]).values()]).toEqual(told);
});
