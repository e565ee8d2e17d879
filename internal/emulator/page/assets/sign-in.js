// Completes a sign-in by the ticket in the page's address, as Clerk's own script does
// in an app: it signs in, marks the session as used, takes a token and goes on.
const ticket = new URLSearchParams(location.search).get("__clerk_ticket");

async function post(path, fields = {}) {
  const answer = await fetch(path, { method: "POST", body: new URLSearchParams(fields) });
  return answer.json();
}

async function signIn() {
  const { response, errors } = await post("/v1/client/sign_ins", { strategy: "ticket", ticket });
  if (errors) {
    show("This link did not sign you in", errors[0].long_message, errors[0].code);
    return;
  }
  const session = `/v1/client/sessions/${response.created_session_id}`;
  await post(`${session}/touch`);
  await post(`${session}/tokens`);
  location.replace("/");
}

function show(title, text, code) {
  document.getElementById("title").textContent = title;
  document.getElementById("text").textContent = text;
  document.getElementById("code").textContent = code;
}

signIn().catch(() => show("This link did not sign you in", "The app could not be reached. Try again later.", ""));
