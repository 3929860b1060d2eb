// SPDX-License-Identifier: Apache-2.0
// What every script has in reach: args, the parts of Firefox that it asks for by name, and a pause. The driver puts the
// script in place of the comment.
const [args, finish] = arguments;
const load = url => ChromeUtils.importESModule(url);
const firefox = {
  get Weave() { return load("resource://services-sync/main.sys.mjs").Weave; },
  get fxAccounts() { return load("resource://gre/modules/FxAccounts.sys.mjs").getFxAccountsSingleton(); },
  get Places() { return load("resource://gre/modules/PlacesUtils.sys.mjs").PlacesUtils; },
  get FormHistory() { return load("resource://gre/modules/FormHistory.sys.mjs").FormHistory; },
  get Observers() { return load("resource://services-common/observers.sys.mjs").Observers; },
};
const pause = millis => new Promise(resolve => load("resource://gre/modules/Timer.sys.mjs").setTimeout(resolve, millis));
const waitFor = async (what, condition) => {
  for (let i = 0; i < 300; i++) {
    if (await condition()) {
      return;
    }
    await pause(100);
  }
  throw new Error(`waited in vain for ${what}`);
};
(async () => {
/* BODY */
})().then(
  value => finish(JSON.stringify({ value: value === undefined ? null : value })),
  error => finish(JSON.stringify({ error: `${error && error.message ? error.message : JSON.stringify(error)}\n${error && error.stack}` })),
);
