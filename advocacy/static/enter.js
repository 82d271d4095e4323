// Moves the key of an emailed link from behind the # into the form, and off the address bar. It never submits.
"use strict";
(() => {
  const key = decodeURIComponent(location.hash.slice(1));
  if (key) {
    history.replaceState(null, "", location.pathname);
    document.getElementById("key").value = key;
    document.getElementById("enter-words").textContent = "Your link is filled in. Tick the box and press the button to go on.";
    document.getElementById("mine").focus();
  }
})();
