// Says in time that the office is about to close, keeps it open at a press, and lets Back show nothing once it closed.
"use strict";
(() => {
  const box = document.getElementById("ending");
  if (!box) return;
  const WARN = 180;
  const words = document.querySelector("#ending-words"), button = box.querySelector("button");
  let timer = 0;
  const wait = (seconds) => {
    clearTimeout(timer);
    box.hidden = true;
    timer = setTimeout(() => {
      box.hidden = false;
      if (button) button.focus({ preventScroll: true });
    }, Math.max(0, seconds - WARN) * 1000);
  };
  wait(Number(box.dataset.seconds));
  if (button)
    button.addEventListener("click", async () => {
      button.disabled = true;
      const answer = await fetch(box.dataset.stay, { method: "POST", headers: { "X-CSRF-Token": box.dataset.token } });
      const told = answer.ok ? await answer.json().catch(() => null) : null;
      button.disabled = false;
      if (told && told.seconds > WARN) {
        wait(told.seconds);
        document.querySelector(".sitting span").textContent = told.until;
      } else words.textContent = "You have been signed out, or will be very soon. Copy what you typed before you sign in again.";
    });
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
})();
