// SPDX-License-Identifier: Apache-2.0
// Uploads new keys for the account, made and sealed by Firefox's own code.
const { Service } = firefox.Weave;
const times = (await Service._fetchInfo()).obj;
const record = await Service.collectionKeys.generateNewKeysWBO();
await record.encrypt(Service.identity.syncKeyBundle);
const answer = await Service._uploadCryptoKeys(record, times.crypto);
if (!answer.success) {
  throw new Error(`crypto/keys was answered ${answer.status}`);
}
