// SPDX-License-Identifier: Apache-2.0
// Keeps Sync from running of its own accord, and tells the version.
await firefox.Weave.Service.promiseInitialized;
const scheduler = firefox.Weave.Service.scheduler;
scheduler.scheduleNextSync = () => {};
scheduler.clearSyncTriggers();
return Services.appinfo.version;
