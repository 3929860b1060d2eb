// SPDX-License-Identifier: Apache-2.0
// Changes meta/global with Firefox's own record and upload. The driver puts what changes the payload, named meta, in place
// of the comment.
const { Service } = firefox.Weave;
const { WBORecord } = load("resource://services-sync/record.sys.mjs");
const record = new WBORecord("meta", "global");
await record.fetch(Service.resource(Service.metaURL));
const meta = record.payload;
/* CHANGE */
await Service.uploadMetaGlobal(record);
