// Passkeys, where the browser has them. Without this script a code by mail does the same.

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const options = (given) => {
  const key = { ...given.publicKey, challenge: bytes(given.publicKey.challenge) };
  if (key.user) key.user = { ...key.user, id: bytes(key.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (key[list]) key[list] = key[list].map((one) => ({ ...one, id: bytes(one.id) }));
  }
  return { publicKey: key };
};

const answer = (credential) => {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
};

const add = async () => {
  const given = JSON.parse(document.getElementById("passkey-options").textContent).creation_options;
  const wished = options(given);
  wished.publicKey.authenticatorSelection = {
    ...wished.publicKey.authenticatorSelection,
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "required",
  };
  return navigator.credentials.create(wished);
};

const login = async (form) => {
  const reply = await fetch(form.action, { headers: { Accept: "application/json" } });
  return navigator.credentials.get(options((await reply.json()).request_options));
};

if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkey-link], [data-passkey=login]")) part.hidden = false;
  for (const form of document.querySelectorAll("[data-passkey]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const failed = form.querySelector("[data-passkey-failed]");
      failed.hidden = true;
      try {
        form.elements.credential.value = answer(await (form.dataset.passkey === "add" ? add() : login(form)));
        form.submit();
      } catch {
        failed.hidden = false;
      }
    });
  }
}
