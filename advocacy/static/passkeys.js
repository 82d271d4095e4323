// Hands a question of ours to the device, and the device's answer back to us. Without it the link and code remain.
"use strict";
(() => {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  for (const part of document.querySelectorAll(".only-with-passkeys")) part.hidden = false;
  for (const part of document.querySelectorAll(".without-passkeys")) part.hidden = true;

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const asDevice = (asked) => {
    const named = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));
    const told = { ...asked, challenge: bytes(asked.challenge) };
    if (asked.user) told.user = { ...asked.user, id: bytes(asked.user.id) };
    if (asked.allowCredentials) told.allowCredentials = named(asked.allowCredentials);
    if (asked.excludeCredentials) told.excludeCredentials = named(asked.excludeCredentials);
    return told;
  };
  const asText = (made) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
      if (made.response[name]) response[name] = text(made.response[name]);
    return JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, response });
  };

  const send = async (address, fields) => {
    const token = document.querySelector("[name=csrf_token]");
    const known = document.body.getAttribute("hx-headers");
    const headers = known ? JSON.parse(known) : token ? { "X-CSRF-Token": token.value } : {};
    const answer = await fetch(address, { method: "POST", headers, body: new URLSearchParams(fields) });
    const kind = answer.headers.get("Content-Type") || "";
    const told = kind.includes("json") ? await answer.json() : {};
    if (!answer.ok) throw new Error(told.says || "That did not work. Please open this page once more and try again.");
    return told;
  };

  const perform = async (form) => {
    const fields = Object.fromEntries(new FormData(form));
    const asked = await send(form.dataset.ask, fields);
    let made;
    try {
      made = await navigator.credentials[form.dataset.passkey]({ publicKey: asDevice(asked) });
    } catch {
      throw new Error("The device did not go through with it. Nothing was changed; please try again.");
    }
    return send(form.dataset.answer, { ...fields, answer: asText(made) });
  };

  const finish = (form, told) => {
    if (!form.dataset.then) return location.assign(told.to);
    const act = document.getElementById(form.dataset.then);
    act.querySelector("[name=csrf_token]").value = told.token;
    act.submit();
  };

  for (const form of document.querySelectorAll("form[data-passkey]"))
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const button = form.querySelector("button"), wrong = form.querySelector("p[role=alert]");
      button.disabled = true;
      wrong.hidden = true;
      try {
        finish(form, await perform(form));
      } catch (fault) {
        wrong.textContent = fault.message;
        wrong.hidden = false;
        button.disabled = false;
      }
    });
})();
