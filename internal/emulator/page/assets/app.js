// Counts the time left and notices when the session is over. The page works
// without it: then it reloads itself every few seconds.
const left = document.getElementById("left");
const endsAt = left && performance.now() + Number(left.dataset.seconds) * 1000;

function count() {
  const seconds = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
  left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  if (seconds === 0) {
    location.reload();
  }
}

async function check() {
  try {
    const answer = await fetch("/status", { cache: "no-store" });
    const status = await answer.json();
    if (!status.signed_in) {
      location.reload();
    }
  } catch {
    document.getElementById("foot").textContent = "The sample workspace is closed. Open Understudy to start it again.";
  }
}

if (left) {
  setInterval(count, 250);
}
setInterval(check, 2000);
