// Moves the key of an emailed link from behind the # into the form, and off the address bar. It never submits.
"use strict";
(() => {
  const take = () => {
    const key = location.hash.slice(1);
    if (!key) return;
    history.replaceState(null, "", location.pathname);
    document.getElementById("key").value = key;
  };
  take();
  addEventListener("hashchange", take);
})();
