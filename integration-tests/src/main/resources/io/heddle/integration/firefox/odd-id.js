// SPDX-License-Identifier: Apache-2.0
// Types values into a field until one of them gets an id with a slash and a plus, and forgets the others: Firefox makes ids
// of base64 and lets nobody choose one. args: the field. Returns the value that stays.
const [field] = args;
const { FormHistory } = firefox;
for (let round = 0; round < 20; round++) {
  const values = Array.from({ length: 100 }, (_, i) => `odd ${round}.${i}`);
  await FormHistory.update(values.map(value => ({ op: "add", fieldname: field, value })));
  const entries = await FormHistory.search(["guid", "value"], { fieldname: field });
  const odd = entries.find(entry => entry.guid.includes("/") && entry.guid.includes("+"));
  await FormHistory.update(entries.filter(entry => entry != odd).map(({ guid }) => ({ op: "remove", guid })));
  if (odd) {
    return odd.value;
  }
}
throw new Error("no id with a slash and a plus came up");
