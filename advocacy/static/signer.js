// The signer's door. It takes the key off the address bar and into the form; it never presses a button.
// It leaves quickly when asked, and shows nothing that a browser kept. It stores nothing.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const blank = byId("blank");
  const wipe = () => {
    for (const form of document.forms) form.reset();
    for (const field of document.querySelectorAll("input, select")) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = false;
      else if (field.tagName === "INPUT") field.value = "";
    }
  };
  const hide = () => { blank.hidden = false; document.body.classList.add("gone"); };

  // A form without an address of its own must keep the one it came with.
  for (const form of document.forms) form.action = form.action;
  const shape = /^#([A-Za-z0-9_-]{43})/;
  const key = byId("key");
  const take = () => {
    const found = shape.exec(location.hash);
    history.replaceState(null, "", "/s");
    if (!found || !key) return;
    key.value = found[1];
    byId("ready").hidden = false;
    byId("by-hand").hidden = true;
    const fault = document.querySelector(".fault");
    if (fault) fault.remove();
  };
  take();
  // The link may open in a tab that stands here already; then the page is not loaded anew.
  addEventListener("hashchange", () => {
    if (shape.test(location.hash) && !key) location.replace("/s/" + location.hash);
    else if (shape.test(location.hash)) take();
  });

  // The browser kept this page alive after she left it: nobody else may find it so.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    hide();
    wipe();
    location.replace("/s");
  });

  // What stopped her, or what is done, is where she goes on reading. The words before signing are said aloud once.
  const first = document.querySelector("[autofocus]");
  const nowhere = () => document.activeElement === document.body;
  if (first) requestAnimationFrame(() => { if (nowhere()) first.focus(); });
  const telling = byId("about-to-sign");
  if (telling) { const words = telling.textContent; telling.textContent = ""; setTimeout(() => { telling.textContent = words; }, 100); }

  const exit = byId("leave");
  const leave = () => {
    hide();
    wipe();
    document.title = byId("blank").textContent.trim();
    location.replace(exit.href);
  };
  exit.addEventListener("click", (event) => { event.preventDefault(); leave(); });

  // Shift alone, three times, each within five seconds of the last. Shift that makes a capital does not count.
  const told = byId("shift-told");
  byId("shift-hint").hidden = false;
  let presses = 0, alone = false, timer = 0;
  const forget = () => { presses = 0; told.textContent = ""; };
  addEventListener("keydown", (event) => {
    alone = event.key === "Shift";
    if (!alone) forget();
  });
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    presses += 1;
    clearTimeout(timer);
    timer = setTimeout(forget, 5000);
    if (presses === 3) leave();
    else told.textContent = presses === 1 ? told.dataset.one : told.dataset.two;
  });
})();
