// SPDX-License-Identifier: Apache-2.0
// Does what Firefox does when the accounts page has signed somebody in. args: uid, session token, sync key, key id, name.
const [uid, sessionToken, k, kid, name] = args;
const scope = "https://identity.mozilla.com/apps/oldsync";
const { Weave, fxAccounts } = firefox;
await Weave.Service.promiseInitialized;
await fxAccounts._internal.setSignedInUser({
  uid,
  email: "weaver@example.com",
  sessionToken,
  verified: true,
  scopedKeys: { [scope]: { kty: "oct", scope, k, kid } },
});
// Signing in forgets the name, so it comes afterwards.
fxAccounts.device.setLocalName(name);
await Weave.Service.configure();
await Weave.Service.identity.asyncObserver.promiseObserversComplete();
Weave.Service.scheduler.clearSyncTriggers();
return fxAccounts.device.getLocalId();
