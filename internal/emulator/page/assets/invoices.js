// Opens, changes, creates and finds invoices, and follows what others change.
const byId = (id) => document.getElementById(id);
const [edit, create, search, live] = ["edit", "create", "search", "live"].map(byId);

const INVOICE = "query Invoice($id: ID!) { invoice(id: $id) { id customer due note paid sent reminders } }";
const CUSTOMERS = "query Customers { customers { name } }";
const REMIND = "mutation Remind($id: ID!) { remind(id: $id) { id reminders } }";

let opener = "new"; // id of the row or button that a panel was opened from
let found = null; // ids that a search found; null shows all

async function send(method, path, body) {
  const answer = await fetch(path, {
    method,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) {
    throw new Error(`${method} ${path}: ${answer.status}`);
  }
  return answer.json();
}

async function ask(query, variables = {}) {
  const { data, errors } = await send("POST", "/graphql", { query, variables });
  if (errors) {
    throw new Error(errors[0].message);
  }
  return data;
}

/** Does what a person asked for, or says that it could not. */
async function attempt(verb, action) {
  byId("alert").replaceChildren();
  try {
    await action();
  } catch {
    const title = document.createElement("strong");
    title.textContent = `Could not ${verb}.`;
    byId("alert").replaceChildren(title, " Something went wrong. Try again later.");
  }
}

/** The element that the keyboard goes back to. */
const button = (id) => byId(id)?.querySelector("button.open") ?? byId(id);

function open(panel, from) {
  close(edit);
  close(create);
  opener = from;
  panel.show();
}

/** Closes a panel. The keyboard goes back only if nobody has taken it elsewhere. */
function close(panel) {
  const isInside = panel.contains(document.activeElement);
  panel.close();
  if (isInside) {
    button(opener)?.focus();
  }
}

const openInvoice = (id) =>
  attempt("open", async () => {
    const { invoice } = await ask(INVOICE, { id });
    byId("edit-number").textContent = invoice.id;
    byId("edit-customer").textContent = invoice.customer;
    const form = edit.querySelector("form");
    form.due.value = invoice.due;
    form.note.value = invoice.note;
    byId("remind").hidden = invoice.sent === "" || invoice.paid !== "";
    showReminders(invoice);
    open(edit, id);
  });

function showReminders({ reminders }) {
  byId("remind").textContent = reminders === 0 ? "Send a reminder" : `Send a reminder (${reminders} sent)`;
}

/** Shows the table as the server has it now. The keyboard stays where it is. */
async function refresh() {
  const answer = await fetch("/?watch", { cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const focused = document.activeElement?.closest("tr")?.id;
  for (const part of ["cards", "rows"]) {
    const fresh = page.getElementById(part);
    if (fresh) {
      byId(part).replaceWith(fresh);
    }
  }
  filter();
  if (focused) {
    button(focused)?.focus();
  }
}

function filter() {
  for (const row of byId("rows").rows) {
    row.hidden = found !== null && !found.includes(row.id);
  }
  byId("found").textContent = found === null ? "" : `${found.length} found`;
}

document.querySelector("table").addEventListener("click", (event) => {
  const row = event.target.closest("tr[id]");
  if (row) {
    openInvoice(row.id);
  }
});

byId("new").addEventListener("click", () => {
  create.querySelector("form").reset();
  open(create, "new");
  attempt("list the customers", async () => {
    const { customers } = await ask(CUSTOMERS);
    byId("customers").replaceChildren(...customers.map(({ name }) => new Option(name, name)));
  });
});

edit.addEventListener("submit", (event) => {
  event.preventDefault();
  const { due, note } = event.target;
  attempt("save", async () => {
    await send("PATCH", `/api/invoices/${opener}`, { due: due.value, note: note.value });
    await refresh();
    close(edit);
  });
});

byId("remind").addEventListener("click", () =>
  attempt("send the reminder", async () => showReminders((await ask(REMIND, { id: opener })).remind)),
);

create.addEventListener("submit", (event) => {
  event.preventDefault();
  const { customer, amount, due, note } = event.target;
  attempt("create", async () => {
    const pence = Math.round(Number(amount.value) * 100);
    await send("POST", "/api/invoices", { customer: customer.value, pence, due: due.value, note: note.value });
    await refresh();
    close(create);
  });
});

for (const panel of [edit, create]) {
  panel.querySelector("[value=cancel]").addEventListener("click", () => close(panel));
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      close(panel);
    }
  });
}

search.addEventListener("submit", (event) => {
  event.preventDefault();
  attempt("search", async () => {
    const text = search.text.value.trim();
    found = text === "" ? null : (await send("POST", "/api/invoices/search", { text })).ids;
    filter();
  });
});

const longestWait = 30_000;

/** Stays connected, and tries again ever less often. */
function follow(wait) {
  const socket = new WebSocket(`ws://${location.host}/live`);
  const say = (text) => {
    if (live.textContent !== text) {
      live.textContent = text;
    }
  };
  let next = Math.min(2 * wait, longestWait);
  socket.addEventListener("open", () => {
    next = 1000;
    say("Live");
    refresh();
  });
  socket.addEventListener("message", refresh);
  socket.addEventListener("close", () => {
    say("Not live");
    setTimeout(follow, wait, next);
  });
}

follow(1000);
