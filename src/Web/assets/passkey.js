// Passkeys: asks the device, puts its answer into the form, and sends the form. Without this the form says what is missing.
"use strict";
for (const form of document.querySelectorAll("form[data-passkey]")) {
  const create = form.dataset.passkey === "create";
  const known = window.PublicKeyCredential?.parseCreationOptionsFromJSON && window.PublicKeyCredential?.parseRequestOptionsFromJSON;
  if (!known) continue;
  form.querySelector("[data-passkey-missing]").hidden = true;
  form.querySelector("[data-passkey-button]").hidden = false;
  const field = form.querySelector("[name='Form.Credential']");
  const failed = form.querySelector("[data-passkey-error]");
  form.addEventListener("submit", async event => {
    if (field.value) return;
    event.preventDefault();
    event.stopPropagation();
    failed.hidden = true;
    try {
      const answer = await fetch(form.dataset.options, { method: "POST" });
      if (!answer.ok) throw new Error(`${answer.status}`);
      const options = await answer.json();
      const credential = create
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      field.value = JSON.stringify(credential);
      form.requestSubmit();
    } catch (error) {
      console.info("passkey:", error.message);
      failed.hidden = false;
    }
  });
}
