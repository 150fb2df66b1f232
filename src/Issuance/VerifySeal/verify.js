// The page of a scanned seal: verifies it here, then asks the server only by the certificate's public number. The fragment of the address stays in the browser.
import { openTrustList, readRevocationList, verifySeal, isSerial, isDocument } from "/seal.js";

const page = document.querySelector("[data-verify]");
const texts = JSON.parse(document.getElementById("verify-texts").textContent);
const say = (key, ...values) => (texts[key] ?? key).replace(/\{(\d+)\}/g, (_, n) => values[n] ?? "");
const describe = f => say(`finding.${f.rule}`, f.value ?? "–", f.expected ?? "–", ...(f.arguments ?? []));
const element = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
  made.append(...children);
  return made;
};
const show = (name, ...children) => { const place = page.querySelector(`[data-part=${name}]`); place.replaceChildren(...children); place.closest("[data-box]").hidden = children.length === 0; };
const bytesOf = async address => { const answer = await fetch(address, { referrerPolicy: "no-referrer" }); return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null; };
const hash = async bytes => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
const fromBase64 = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
const equal = (a, b) => a.length === b.length && a.every((x, i) => x === b[i]);

// What decides the colour: only what is genuine and in force is good.
const good = ["InForce"], open = ["StatusUnknown", "NeedsLog"];
const isOpen = outcome => open.includes(outcome);

const started = start();
addEventListener("hashchange", () => location.reload());

async function start() {
  const fragment = location.hash;
  if (fragment.length < 2) {
    page.querySelector("[data-empty]").hidden = false;
    return;
  }
  if (!globalThis.crypto?.subtle) return verdict("bad", say("verify.insecure"), say("verify.insecure.text"));
  const [list, revoked] = await Promise.all([bytesOf("/trust/list.json"), bytesOf("/trust/revoked")]);
  if (list === null) return verdict("warn", say("verify.no-list"), say("verify.no-list.text"));
  const trust = (await openTrustList(list, null, null)).list;
  const revocations = revoked === null ? null : readRevocationList(revoked);
  const proof = await findProof(fragment);
  const report = await verifySeal(fragment, trust, revocations, new Date(), proof?.isProven ?? false);
  tell(report, trust);
  if (report.seal === null) return;
  await Promise.all([chain(report), proving(report, proof)]);
}

function verdict(kind, title, text) {
  const box = page.querySelector("[data-verdict]");
  box.hidden = false;
  box.className = `panel ${kind}`;
  box.replaceChildren(element("h2", {}, title), element("p", {}, text));
}

function tell(report, trust) {
  const kind = good.includes(report.outcome) ? "good" : isOpen(report.outcome) ? "warn" : "bad";
  page.dataset.outcome = report.outcome;
  verdict(kind, say(`SealOutcome.${report.outcome}`), say(`verify.outcome.${report.outcome}`));
  show("steps", ...report.findings.map(f => element("li", { "data-rule": f.rule, class: f.severity === "Error" ? "bad" : f.severity === "Note" ? "good" : "warn" }, describe(f))));
  const { seal } = report;
  if (seal === null) return;
  show("compare", ...report.compare.map(f => element("li", { "data-rule": f.rule }, describe(f))));
  const name = report.institution === null ? seal.keyId : document.documentElement.lang.startsWith("en") ? report.institution.en || report.institution.zh : report.institution.zh;
  const facts = [["kind", say(`DocumentKind.${seal.kind}`)], ["issuer", name], ["code", seal.certificate], ["conclusion", seal.conclusion === "None" ? null : say(`SealConclusion.${seal.conclusion}`)], ["grade", seal.grade],
    ["model", seal.model], ["serial", seal.serialEnd], ["date", seal.date], ["valid", seal.validUntil], ["software", seal.softwareFingerprint], ["trust", `${trust.version} · ${trust.issued}`]];
  show("facts", ...facts.filter(([, value]) => value !== null).map(([key, value]) => element("div", {}, element("dt", {}, say(`verify.${key}`)), element("dd", { "data-fact": key }, value))));
  const link = page.querySelector("[data-certificate]");
  link.href = `/certificates/${seal.certificate}`;
  for (const part of page.querySelectorAll("[data-check]")) part.hidden = false;
  answer("serial", async field => [await isSerial(seal, field.value), field.value.trim() !== ""], seal.serialDigest === null);
  answer("document", async field => [field.files.length > 0 && await isDocument(seal, new Uint8Array(await field.files[0].arrayBuffer())), field.files.length > 0], false);
}

// A field whose content is compared here and goes nowhere.
function answer(name, judge, hidden) {
  const field = page.querySelector(`[data-field=${name}]`), said = page.querySelector(`[data-answer=${name}]`);
  field.closest(".field").hidden = hidden;
  field.addEventListener("change", async () => {
    const [same, given] = await judge(field);
    said.textContent = given ? say(same ? `verify.${name}.same` : `verify.${name}.other`) : "";
    said.className = given ? same ? "good" : "bad" : "";
  });
}

async function chain(report) {
  const answered = await fetch(`/api/certificates/${report.seal.certificate}/status`, { headers: { Accept: "application/json" } });
  if (!answered.ok) return show("chain", element("li", { class: "warn" }, say("verify.unknown-here")));
  const status = await answered.json();
  page.dataset.state = status.state;
  show("chain", ...status.events.map(e => element("li", { "data-event": e.event }, `${e.at.slice(0, 16).replace("T", " ")} UTC · ${say(`verify.event.${e.event}`)}${e.leaf === null ? "" : ` · ${say("verify.leaf", e.leaf)}`}`)));
  // The server may know of what has happened since the list was made.
  if (good.concat(open).includes(report.outcome) && status.state !== "Current") {
    page.dataset.outcome = status.state;
    verdict("bad", say(`CertificateStanding.${status.state}`), say(`verify.state.${status.state}`));
  }
  if (status.replacedBy) show("successor", element("a", { href: `/certificates/${status.replacedBy}` }, say("verify.replaced-by", status.replacedBy)));
}

async function findProof(fragment) {
  // The number is read from the seal before it is believed: the proof is public anyway.
  const { readSeal } = await import("/seal.js");
  const { seal } = readSeal(fragment);
  if (!seal) return null;
  const query = seal.leafIndex === null ? "" : `?leaf=${seal.leafIndex}`;
  const file = await bytesOf(`/certificates/${seal.certificate}/certificate.tlog-proof${query}`);
  return file === null ? null : readProof(new TextDecoder().decode(file), seal);
}

async function readProof(text, { leafIndex, documentDigest }) {
  const [head, note, signatures] = text.split("\n\n"), lines = head.split("\n");
  const take = word => lines.find(l => l.startsWith(`${word} `))?.slice(word.length + 1);
  const index = Number(take("index")), entry = fromBase64(take("extra") ?? ""), path = lines.filter(l => /^[A-Za-z0-9+/]{43}=$/.test(l)).map(fromBase64);
  const [origin, size, root] = note.split("\n"), body = `${note}\n`;
  const included = await inclusion(index, Number(size), await hash(join(Uint8Array.of(0), entry)), path, fromBase64(root));
  const signed = await isSigned(origin, body, signatures);
  // The entry tells of this document where it holds its digest, of which the seal has the first half.
  const ofThis = contains(entry, Uint8Array.from(documentDigest.match(/../g), d => parseInt(d, 16)));
  return { index, size: Number(size), origin, isProven: included && ofThis && signed === true && (leafIndex === null || leafIndex === index), included: included && ofThis, signed };
}

const join = (...parts) => { const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0)); let at = 0; for (const p of parts) { all.set(p, at); at += p.length; } return all; };

const contains = (bytes, part) => bytes.some((_, i) => part.every((b, j) => bytes[i + j] === b));

// RFC 9162, 2.1.3.2.
async function inclusion(index, size, leaf, path, root) {
  if (!(index < size)) return false;
  let [fn, sn, r] = [index, size - 1, leaf];
  for (const p of path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      r = await hash(join(Uint8Array.of(1), p, r));
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    } else {
      r = await hash(join(Uint8Array.of(1), r, p));
    }
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 && equal(r, root);
}

// The log's key stands in the page as a verifier key (C2SP signed-note); null where this browser has no Ed25519.
async function isSigned(origin, body, signatures) {
  const [name, , key] = splitKey(page.dataset.logKey), blob = fromBase64(key);
  if (name !== origin || blob[0] !== 1) return false;
  for (const line of signatures.split("\n").filter(l => l.startsWith(`\u2014 ${name} `))) {
    const bytes = fromBase64(line.slice(line.lastIndexOf(" ") + 1));
    try {
      const imported = await crypto.subtle.importKey("raw", blob.slice(1), "Ed25519", false, ["verify"]);
      if (await crypto.subtle.verify("Ed25519", imported, bytes.slice(4), new TextEncoder().encode(body))) return true;
    } catch { return null; }
  }
  return false;
}

const splitKey = text => { const [name, id] = text.split("+", 2); return [name, id, text.slice(name.length + id.length + 2)]; };

async function proving(report, proof) {
  if (proof === null) return show("proof", element("li", { class: "warn" }, say("verify.proof.none")));
  show("proof",
    element("li", { class: proof.included ? "good" : "bad", "data-included": `${proof.included}` }, say(proof.included ? "verify.proof.included" : "verify.proof.broken", proof.index, proof.size, proof.origin)),
    element("li", { class: proof.signed === true ? "good" : proof.signed === null ? "warn" : "bad", "data-signed": `${proof.signed}` }, say(proof.signed === true ? "verify.proof.signed" : proof.signed === null ? "verify.proof.no-ed25519" : "verify.proof.unsigned", proof.origin)));
}

await started;
page.dataset.ready = "";
