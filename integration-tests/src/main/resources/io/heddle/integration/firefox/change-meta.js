// SPDX-License-Identifier: Apache-2.0
// Changes meta/global with Firefox's own record and upload. args: JavaScript that changes the payload, named meta.
const { Service } = firefox.Weave;
const { WBORecord } = load("resource://services-sync/record.sys.mjs");
const record = new WBORecord("meta", "global");
await record.fetch(Service.resource(Service.metaURL));
new Function("meta", args[0])(record.payload);
await Service.uploadMetaGlobal(record);
