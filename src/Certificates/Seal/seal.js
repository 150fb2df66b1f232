// Verifies the seal in the address of a page, in the browser alone: the fragment goes to no server.
// Keeps step with SealCodec, SealVerifier, RevocationFile and TrustList; what it finds has the same rules and values.
// Needs a secure context (https or localhost) for crypto.subtle. Texts of the findings: finding.{rule} of CertificatesTexts.

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-.:$*';
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const kinds = [null, 'VerificationCertificate', 'VerificationNotice', 'CalibrationCertificate', 'ReferenceMaterialCertificate', 'ComparisonReport', 'ComparisonStatement', 'EvaluationReport'];
const conclusions = ['None', 'Conforms', 'DoesNotConform', 'Restricted'];
const statuses = ['NotListed', 'Revoked', 'Suspended', 'Superseded'];
const grades = ['Ⅰ', 'Ⅱ', 'Ⅲ', 'Ⅳ', '0.01', '0.02', '0.05', '0.1', '0.2', '0.2S', '0.25', '0.3', '0.4', '0.5', '0.5S', '0.6', '1', '1.5', '1.6', '2', '2.5', '3', '4', '5',
  'A', 'B', 'C', 'D', 'E', 'AA', 'E1', 'E2', 'F1', 'F2', 'M1', 'M12', 'M2', 'M23', 'M3', '00', '0', 'K'];
const fixedBytes = 51, mostPayload = 96, signatureBytes = 64;
const utf8 = new TextEncoder();

const finding = (layer, severity, rule, path, value = null, expected = null, args = []) => ({ layer, severity, rule, path, value, expected, arguments: args });
const refuse = (rule, value, expected = null, args = []) => ({ seal: null, findings: [finding('Form', 'Error', rule, 'seal', value, expected, args)] });
const hex = bytes => Array.from(bytes, b => b.toString(16).padStart(2, '0')).join('');
const fromHex = digits => Uint8Array.from(digits.match(/../g) ?? [], d => parseInt(d, 16));
const fromBase64 = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
const number = (bytes, at, count) => { let n = 0; for (let i = 0; i < count; i++) n = n * 256 + bytes[at + i]; return n; };
const join = (...parts) => { const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0)); let at = 0; for (const p of parts) { all.set(p, at); at += p.length; } return all; };
const day = days => new Date(Date.UTC(2000, 0, 1 + days)).toISOString().slice(0, 10);
const beijingDay = instant => new Date(instant.getTime() + 8 * 3600e3).toISOString().slice(0, 10);
const minute = instant => `${instant.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** The bytes of a Base41 text: { bytes } or { findings }. */
export function decodeBase41(text) {
  if (text.length % 3 === 1)
    return refuse('base41-length', `${text.length}`, '3n, 3n + 2');
  const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (text.length % 3) / 2 | 0);
  let at = 0;
  for (let i = 0; i < text.length; i += 3) {
    const group = text.slice(i, i + 3);
    let value = 0;
    for (let j = group.length - 1; j >= 0; j--) {
      const digit = alphabet.indexOf(group[j]);
      if (digit < 0)
        return refuse('base41-symbol', group[j], alphabet, [`${i + j + 1}`]);
      value = value * 41 + digit;
    }
    if (value > (group.length === 3 ? 65535 : 255))
      return refuse('base41-value', group, group.length === 3 ? '≤ 65535' : '≤ 255', [`${i + 1}`]);
    if (group.length === 3)
      bytes[at++] = value >> 8;
    bytes[at++] = value & 255;
  }
  return { bytes };
}

/** Reads the address of a seal, or its fragment alone: { seal, algorithm, payload, signature, host } or { seal: null, findings }. */
export function readSeal(text) {
  text = text.trim();
  if (text.length > 600)
    return refuse('seal-url', `${text.slice(0, 40)}…`, 'HTTPS://HOST/V#…');
  const hash = text.indexOf('#');
  let host = null;
  if (hash > 0) {
    let url = null;
    try { url = new URL(text.slice(0, hash)); } catch { /* refused below */ }
    const local = url !== null && url.protocol === 'http:' && (url.hostname === 'localhost' || url.hostname === '127.0.0.1');
    if (url === null || (url.protocol !== 'https:' && !local) || url.username !== '' || url.search !== '' || url.pathname.toUpperCase() !== '/V')
      return refuse('seal-url', text.slice(0, hash), 'HTTPS://HOST/V#…');
    host = url.host;
  }
  const fragment = text.slice(hash + 1);
  if (!fragment.endsWith('Z'))
    return refuse('seal-end', fragment.slice(-1), 'Z');
  const decoded = decodeBase41(fragment.slice(0, -1));
  if (!decoded.bytes)
    return decoded;
  const read = decodeSeal(decoded.bytes);
  return read.seal ? { ...read, host } : read;
}

/** Reads payload and signature as bytes. */
export function decodeSeal(bytes) {
  if (bytes.length < fixedBytes + signatureBytes || bytes.length > mostPayload + signatureBytes)
    return refuse('seal-length', `${bytes.length}`, `${fixedBytes + signatureBytes} … ${mostPayload + signatureBytes}`);
  const payload = bytes.slice(0, -signatureBytes), two = b => b.toString(16).padStart(2, '0');
  if (payload[0] !== 0x11 && payload[0] !== 0x12)
    return refuse('seal-version', two(payload[0]), '11, 12');
  const flags = payload[1];
  if (flags > 63)
    return refuse('seal-flags', two(flags), '00 … 3f');
  let certificate = '';
  for (let value = BigInt(`0x${hex(payload.slice(10, 18))}`) >> 4n, i = 0; i < 12; i++, value >>= 5n)
    certificate = crockford[Number(value & 31n)] + certificate;
  const kind = payload[17] & 15, conclusion = payload[20];
  const seal = {
    keyId: hex(payload.slice(2, 10)), certificate, kind: kinds[kind] ?? null, instrumentKind: number(payload, 18, 2), model: null, serialEnd: null, serialDigest: null,
    conclusion: conclusions[conclusion] ?? null, grade: null, date: day(number(payload, 21, 2)), validUntil: null, statusIndex: number(payload, 23, 4),
    salt: hex(payload.slice(27, 35)), documentDigest: hex(payload.slice(35, 51)), leafIndex: null, softwareFingerprint: null,
  };
  let at = fixedBytes;
  const least = [1, 2, 5, 8, 10, 2].reduce((n, size, bit) => n + (flags >> bit & 1 ? size : 0), 0);
  if (at + least > payload.length)
    return refuse('seal-length', `${bytes.length}`);
  const take = count => { at += count; return payload.slice(at - count, at); };
  const takeText = () => {
    const count = payload[at];
    if (at >= payload.length || count < 1 || count > 12 || at + 1 + count > payload.length)
      return null;
    try {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(payload.slice(at + 1, at + 1 + count));
      at += 1 + count;
      return text[0] === ' ' || text.endsWith(' ') || /[\u0000-\u001f\u007f-\u009f\ud800-\udfff\u2028\u2029]/.test(text) ? null : text;
    } catch {
      return null;
    }
  };
  if (flags & 1) {
    const grade = take(1)[0];
    if (grade < 1 || grade > grades.length)
      return refuse('seal-field', `${grade}`, `1 … ${grades.length}`, ['grade']);
    seal.grade = grades[grade - 1];
  }
  if (flags & 2)
    seal.validUntil = day(number(take(2), 0, 2));
  if (flags & 4)
    seal.leafIndex = number(take(5), 0, 5);
  if (flags & 8)
    seal.softwareFingerprint = hex(take(8));
  if (flags & 16) {
    seal.serialDigest = hex(take(8));
    if ((seal.serialEnd = takeText()) === null)
      return refuse('seal-field', null, '1 … 12 B', ['serial number']);
  }
  if (flags & 32 && (seal.model = takeText()) === null)
    return refuse('seal-field', null, '1 … 12 B', ['model']);
  if (at < payload.length)
    return refuse('seal-length', `${bytes.length}`, `${at + signatureBytes}`);
  if (seal.kind === null)
    return refuse('seal-field', `${kind}`, '1 … 7', ['kind']);
  if (seal.conclusion === null)
    return refuse('seal-field', `${conclusion}`, '0 … 3', ['conclusion']);
  if (seal.validUntil !== null && seal.validUntil < seal.date)
    return refuse('seal-field', seal.validUntil, `≥ ${seal.date}`, ['valid until']);
  return { seal, algorithm: payload[0] === 0x12 ? 'Sm2' : 'EcdsaP256', payload, signature: bytes.slice(-signatureBytes), findings: [] };
}

/** Whether the whole serial number, as typed from the nameplate, is the sealed one. */
export async function isSerial(seal, serialNumber) {
  if (seal.serialDigest === null || serialNumber.trim() === '')
    return false;
  const digest = await crypto.subtle.digest('SHA-256', join(utf8.encode('CNM-SERIAL-1\0'), fromHex(seal.salt), utf8.encode(serialNumber.trim())));
  return hex(new Uint8Array(digest).slice(0, 8)) === seal.serialDigest;
}

/** Whether these bytes (of a chosen file) are the sealed document. */
export async function isDocument(seal, bytes) {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).slice(0, 16)) === seal.documentDigest;
}

/** A revocation list from its file: { number, issued, nextUpdate, first, range, covers, statusOf, … } or null where it is none. */
export function readRevocationList(file) {
  const bytes = new Uint8Array(file);
  if (bytes.length < 42 + 27 + signatureBytes || hex(bytes.slice(0, 4)) !== '434e4d52' || bytes[4] !== 1 || bytes[5] !== 0)
    return null;
  const keyId = hex(bytes.slice(6, 14)), instant = at => new Date(number(bytes, at, 8) * 1000);
  const list = { keyId, number: number(bytes, 14, 4), issued: instant(18), nextUpdate: instant(26), first: number(bytes, 34, 4), range: number(bytes, 38, 4) };
  if (isNaN(list.issued) || isNaN(list.nextUpdate))
    return null;
  const sections = [], end = bytes.length - signatureBytes;
  let at = 42;
  for (let i = 0; i < 3; i++) {
    if (at + 9 > end)
      return null;
    const count = number(bytes, at, 4), parameter = bytes[at + 4], length = number(bytes, at + 5, 4);
    at += 9;
    const numbers = at + length > end ? null : decodeRice(bytes.subarray(at, at + length), count, parameter, list.range);
    if (numbers === null)
      return null;
    sections.push(numbers);
    at += length;
  }
  if (at !== end)
    return null;
  const has = (numbers, wanted) => {
    let low = 0, high = numbers.length;
    while (low < high) {
      const middle = low + high >> 1;
      if (numbers[middle] < wanted) low = middle + 1; else high = middle;
    }
    return low < numbers.length && numbers[low] === wanted;
  };
  const covers = index => index >= list.first && index - list.first < list.range;
  return { ...list, body: bytes.slice(0, end), signature: bytes.slice(end), covers, statusOf: index => statuses[covers(index) ? sections.findIndex(s => has(s, index - list.first)) + 1 : 0] };
}

function decodeRice(code, count, parameter, limit) {
  const bits = 8 * code.length;
  if (parameter > 31 || count * (parameter + 1) > bits)
    return null;
  const numbers = new Float64Array(count), bit = at => code[at >> 3] >> 7 - (at & 7) & 1;
  let at = 0, next = 0;
  for (let i = 0; i < count; i++) {
    let quotient = 0, remainder = 0;
    while (at < bits && bit(at) === 1) { quotient++; at++; }
    if (++at + parameter > bits)
      return null;
    for (let j = 0; j < parameter; j++)
      remainder = remainder * 2 + bit(at++);
    const value = next + quotient * 2 ** parameter + remainder;
    if (value >= limit)
      return null;
    numbers[i] = value;
    next = value + 1;
  }
  return bits - at < 8 ? numbers : null;
}

/** A trust list from its file, believed where two custodians of the anchor signed exactly these bytes. anchor: { threshold, custodians: [{ spki }], version }; null to believe the server that sent it. */
export async function openTrustList(file, signatureFile, anchor) {
  const bytes = new Uint8Array(file), list = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  if (list.format !== 'plumbline-trust-list' || list.formatVersion !== 1)
    return { list: null, findings: [finding('Form', 'Error', 'json-format', 'trust list', `${list.format} ${list.formatVersion}`, 'plumbline-trust-list 1')] };
  if (anchor === null)
    return { list, findings: [] };
  const { signatures } = JSON.parse(new TextDecoder().decode(signatureFile)), message = join(utf8.encode('CNM-TRUST-1\0'), bytes);
  const count = async custodians => {
    const good = new Set();
    for (const { spki } of custodians) {
      const id = await keyIdOf(spki);
      for (const s of signatures)
        if (s.key === id && await verifySignature(spki, message, fromBase64(s.signature)))
          good.add(id);
    }
    return good.size;
  };
  const needed = Math.max(2, anchor.threshold), signed = await count(anchor.custodians);
  if (signed < needed)
    return { list: null, findings: [finding('Signature', 'Error', 'trust-list-signatures', 'trust list', `${signed}`, `${needed}`)] };
  if (list.version < anchor.version)
    return { list: null, findings: [finding('Signature', 'Error', 'trust-list-older', 'trust list', `${list.version}`, `${anchor.version}`)] };
  const own = await count(list.custodians);
  if (own < Math.max(2, list.threshold))
    return { list: null, findings: [finding('Signature', 'Error', 'trust-list-new-custodians', 'trust list', `${own}`, `${list.threshold}`)] };
  return { list, findings: [] };
}

const keyIdOf = async spki => hex(new Uint8Array(await crypto.subtle.digest('SHA-256', fromBase64(spki))).slice(0, 8));

/** Verifies a seal. text: the page's address or fragment; trust: the list of openTrustList; revocations: of readRevocationList, or null; now: a Date.
 *  Gives { outcome, seal, institution, findings, compare, host, algorithm }; outcome as SealOutcome, or 'Unreadable'. */
export async function verifySeal(text, trust, revocations, now, isLeafProven = false) {
  const read = readSeal(text);
  if (read.seal === null)
    return { outcome: 'Unreadable', seal: null, institution: null, findings: read.findings, compare: [] };
  const { seal, algorithm } = read, today = beijingDay(now);
  const note = (rule, layer, value = null, expected = null, args = []) => finding(layer, 'Note', rule, 'seal', value, expected, args);
  const bad = (rule, layer, value = null, expected = null) => finding(layer, 'Error', rule, 'seal', value, expected);
  const findings = [note('seal-form', 'Form', `${read.payload.length}`, algorithm)];
  const verdict = judge(trust, seal.keyId, 'Seal', seal.kind, seal.date, seal.leafIndex, isLeafProven);
  findings.push(verdict.reason ?? note('seal-key', 'Signature', seal.keyId, verdict.institution.id, [`${verdict.institution.zh} ${verdict.institution.en}`]));
  if (today > trust.nextUpdate)
    findings.push(finding('Signature', 'Warning', 'trust-list-old', 'trust list', trust.nextUpdate));
  if (!verdict.key)
    findings.push(bad('seal-signature-unchecked', 'Signature', seal.keyId));
  else if (verdict.key.algorithm !== algorithm)
    findings.push(bad('seal-signature-algorithm', 'Signature', algorithm, verdict.key.algorithm));
  else
    findings.push(await verifySignature(verdict.key.spki, join(utf8.encode('CNM-SEAL-1\0'), read.payload), read.signature) ? note('seal-signature', 'Signature', seal.keyId) : bad('seal-signature-bad', 'Signature', seal.keyId));
  findings.push(seal.date > today ? bad('seal-date-future', 'Signature', seal.date, today) : note('seal-date', 'Signature', seal.date));
  const isGenuine = findings.every(f => f.severity !== 'Error');
  const isExpired = seal.validUntil !== null && seal.validUntil < today;
  if (seal.validUntil !== null)
    findings.push(isExpired ? bad('seal-expired', 'Signature', seal.validUntil, today) : note('seal-valid-until', 'Signature', seal.validUntil));
  const status = await judgeStatus(seal, trust, revocations, now, findings, note, bad);
  const outcome = !isGenuine ? 'NotGenuine' : verdict.reason ? 'NeedsLog' : status !== null && status !== 'NotListed' ? status : isExpired ? 'Expired' : status === null ? 'StatusUnknown' : 'InForce';
  const institution = verdict.institution ? { id: verdict.institution.id, zh: verdict.institution.zh, en: verdict.institution.en, region: verdict.institution.region } : null;
  return { outcome, seal, institution, findings, compare: compare(seal, trust, note), host: read.host, algorithm };
}

async function judgeStatus(seal, trust, revocations, now, findings, note, bad) {
  if (revocations === null) {
    findings.push(finding('Log', 'Unsupported', 'seal-status-none', 'revocation list'));
    return null;
  }
  const faults = [], verdict = judgeUse(trust, revocations.keyId, 'Status', beijingDay(revocations.issued), null, false);
  if (verdict.reason)
    faults.push({ ...verdict.reason, path: 'revocation list' });
  else if (!await verifySignature(verdict.key.spki, join(utf8.encode('CNM-REVOKED-1\0'), revocations.body), revocations.signature))
    faults.push(finding('Signature', 'Error', 'revocation-list-signature', 'revocation list', revocations.keyId));
  if (now > revocations.nextUpdate)
    faults.push(finding('Log', 'Warning', 'revocation-list-old', 'revocation list', minute(revocations.nextUpdate)));
  findings.push(...faults);
  if (faults.some(f => f.severity === 'Error' || f.severity === 'Unsupported'))
    return null;
  if (!revocations.covers(seal.statusIndex)) {
    findings.push(finding('Log', 'Unsupported', 'seal-status-outside', 'revocation list', `${seal.statusIndex}`, `${revocations.first} … ${revocations.first + revocations.range}`));
    return null;
  }
  const status = revocations.statusOf(seal.statusIndex);
  findings.push(status === 'NotListed' ? note('seal-status', 'Log', minute(revocations.issued), `${revocations.number}`) : bad(`seal-${status.toLowerCase()}`, 'Log', `${seal.statusIndex}`, `${revocations.number}`));
  return status === 'NotListed' && faults.length > 0 ? null : status;
}

function compare(seal, trust, note) {
  const found = [];
  if (seal.serialEnd !== null)
    found.push(note('seal-compare-serial', 'Semantics', seal.serialEnd));
  if (seal.model !== null)
    found.push(note('seal-compare-model', 'Semantics', seal.model));
  if (seal.instrumentKind > 0) {
    const kind = (trust.instrumentKinds ?? []).find(k => k.code === seal.instrumentKind);
    found.push(kind ? note('seal-compare-kind', 'Semantics', `${kind.code}`, null, [`${kind.zh} ${kind.en}`]) : note('seal-compare-kind-number', 'Semantics', `${seal.instrumentKind}`));
  }
  if (seal.softwareFingerprint !== null)
    found.push(note('seal-compare-software', 'Semantics', seal.softwareFingerprint));
  return found.length > 0 ? found : [note('seal-compare-nothing', 'Semantics', seal.certificate)];
}

function judge(trust, keyId, use, kind, date, leafIndex, isLeafProven) {
  const verdict = judgeUse(trust, keyId, use, date, leafIndex, isLeafProven);
  if (verdict.reason?.severity === 'Error')
    return verdict;
  const { institution } = verdict, all = institution.authorisations ?? [], ofKind = all.filter(a => a.kind === kind);
  if (ofKind.some(a => date >= a.from && date <= (a.to ?? '9999-12-31')))
    return verdict;
  const reason = ofKind.length === 0
    ? finding('Signature', 'Error', 'trust-kind', 'trust list', kind, [...new Set(all.map(a => a.kind))].join(', '), [institution.id])
    : finding('Signature', 'Error', 'trust-authorisation-date', 'trust list', date, ofKind.map(a => `${a.from} … ${a.to ?? ''}`).join(', '), [institution.id, kind]);
  return { ...verdict, reason };
}

function judgeUse(trust, keyId, use, date, leafIndex, isLeafProven) {
  const refused = (institution, key, rule, value, expected, ...args) => ({ institution, key, reason: finding('Signature', 'Error', rule, 'trust list', value, expected, args) });
  let institution = null, key = null;
  for (const i of trust.institutions)
    for (const k of i.keys ?? [])
      if (k.id === keyId)
        [institution, key] = [i, k];
  if (key === null)
    return refused(null, null, 'trust-key-unknown', keyId, null, `${trust.version}`);
  if (!key.uses.includes(use))
    return refused(institution, key, 'trust-key-use', use, key.uses.join(', '), keyId);
  if (date < key.from || date > key.to)
    return refused(institution, key, 'trust-key-date', date, `${key.from} … ${key.to}`, keyId);
  if (key.retired && date >= key.retired)
    return refused(institution, key, 'trust-key-retired', date, key.retired, keyId);
  const last = key.distrustAfterLeaf ?? null;
  if (last === null)
    return { institution, key, reason: null };
  if (leafIndex === null)
    return refused(institution, key, 'trust-key-compromised', null, `${last}`, keyId);
  if (leafIndex > last)
    return refused(institution, key, 'trust-key-compromised-later', `${leafIndex}`, `${last}`, keyId);
  return { institution, key, reason: isLeafProven ? null : finding('Log', 'Unsupported', 'trust-key-compromised-unproven', 'trust list', `${leafIndex}`, `${last}`, [keyId]) };
}

/** Whether a signature of 64 bytes is valid; spki: SubjectPublicKeyInfo in base64, of P-256 or SM2. */
export async function verifySignature(spki, message, signature) {
  const der = fromBase64(spki), head = hex(der.slice(0, -65));
  if (signature.length !== 64)
    return false;
  if (head === '3059301306072a8648ce3d020106082a811ccf5501822d034200')
    return verifySm2(der.slice(-64), message, signature);
  if (head !== '3059301306072a8648ce3d020106082a8648ce3d030107034200')
    return false;
  const key = await crypto.subtle.importKey('spki', der, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, message);
}

// SM3 (GB/T 32905).
export function sm3(message) {
  const rotate = (x, n) => (x << (n & 31) | x >>> (32 - n & 31)) >>> 0;
  const length = message.length, padded = new Uint8Array(Math.ceil((length + 9) / 64) * 64);
  padded.set(message);
  padded[length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(length / 0x20000000));
  view.setUint32(padded.length - 4, length * 8 >>> 0);
  const v = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e];
  const w = new Array(68);
  for (let at = 0; at < padded.length; at += 64) {
    for (let j = 0; j < 16; j++)
      w[j] = view.getUint32(at + 4 * j);
    for (let j = 16; j < 68; j++) {
      const x = w[j - 16] ^ w[j - 9] ^ rotate(w[j - 3], 15);
      w[j] = (x ^ rotate(x, 15) ^ rotate(x, 23) ^ rotate(w[j - 13], 7) ^ w[j - 6]) >>> 0;
    }
    let [a, b, c, d, e, f, g, h] = v;
    for (let j = 0; j < 64; j++) {
      const s1 = rotate((rotate(a, 12) + e + rotate(j < 16 ? 0x79cc4519 : 0x7a879d8a, j)) >>> 0, 7), s2 = (s1 ^ rotate(a, 12)) >>> 0;
      const t1 = ((j < 16 ? a ^ b ^ c : a & b | a & c | b & c) + d + s2 + (w[j] ^ w[j + 4])) >>> 0;
      const t2 = ((j < 16 ? e ^ f ^ g : e & f | ~e & g) + h + s1 + w[j]) >>> 0;
      [d, c, b, a] = [c, rotate(b, 9), a, t1];
      [h, g, f, e] = [g, rotate(f, 19), e, (t2 ^ rotate(t2, 9) ^ rotate(t2, 17)) >>> 0];
    }
    [a, b, c, d, e, f, g, h].forEach((x, i) => { v[i] = (v[i] ^ x) >>> 0; });
  }
  const digest = new Uint8Array(32);
  v.forEach((x, i) => new DataView(digest.buffer).setUint32(4 * i, x));
  return digest;
}

// SM2 signatures (GB/T 32918.2) on the curve of GB/T 32918.5, identity 1234567812345678. Public data only: no secret depends on the time it takes.
const p = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFFn, order = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123n;
const a = p - 3n, b = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93n;
const base = [0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7n, 0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0n, 1n];
const big = bytes => BigInt(`0x${hex(bytes) || '0'}`);
const bytes32 = n => fromHex(n.toString(16).padStart(64, '0'));
const mod = (n, m) => { const r = n % m; return r < 0n ? r + m : r; };

function double([x, y, z]) {
  if (z === 0n || y === 0n)
    return [1n, 1n, 0n];
  const zz = z * z % p, m = 3n * (x - zz) * (x + zz) % p, yy = y * y % p, s = 4n * x * yy % p;
  const x3 = mod(m * m - 2n * s, p);
  return [x3, mod(m * (s - x3) - 8n * yy * yy, p), mod(2n * y * z, p)];
}

function add(one, two) {
  if (one[2] === 0n) return two;
  if (two[2] === 0n) return one;
  const [x1, y1, z1] = one, [x2, y2, z2] = two, zz1 = z1 * z1 % p, zz2 = z2 * z2 % p;
  const u1 = x1 * zz2 % p, h = mod(x2 * zz1 - u1, p), s1 = y1 * z2 * zz2 % p, r = mod(y2 * z1 * zz1 - s1, p);
  if (h === 0n)
    return r === 0n ? double(one) : [1n, 1n, 0n];
  const hh = h * h % p, hhh = h * hh % p, v = u1 * hh % p, x3 = mod(r * r - hhh - 2n * v, p);
  return [x3, mod(r * (v - x3) - s1 * hhh, p), h * z1 * z2 % p];
}

function inverse(n) {
  let [r, next, t, after] = [p, mod(n, p), 0n, 1n];
  while (next !== 0n) {
    const q = r / next;
    [r, next, t, after] = [next, r - q * next, after, t - q * after];
  }
  return mod(t, p);
}

/** key: x‖y, 64 bytes. */
export function verifySm2(key, message, signature) {
  const [x, y, r, s] = [big(key.slice(0, 32)), big(key.slice(32)), big(signature.slice(0, 32)), big(signature.slice(32))];
  if (x >= p || y >= p || mod(y * y - (x * x * x + a * x + b), p) !== 0n || r < 1n || r >= order || s < 1n || s >= order)
    return false;
  const identity = sm3(join(new Uint8Array([0, 128]), utf8.encode('1234567812345678'), bytes32(a), bytes32(b), bytes32(base[0]), bytes32(base[1]), key));
  const e = big(sm3(join(identity, message))), t = (r + s) % order;
  if (t === 0n)
    return false;
  const own = [x, y, 1n], both = add(base, own);
  let sum = [1n, 1n, 0n];
  for (let i = 255n; i >= 0n; i--) {
    sum = double(sum);
    const [of, and] = [s >> i & 1n, t >> i & 1n];
    if (of || and)
      sum = add(sum, of && and ? both : of ? base : own);
  }
  if (sum[2] === 0n)
    return false;
  const z = inverse(sum[2]);
  return (e + sum[0] * z % p * z % p) % order === r;
}
