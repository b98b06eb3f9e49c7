// The story as the AWS SDK for JavaScript tells it. Each exported function is a chapter: it takes what earlier
// ones gave, and gives what the service answered. tests/clients/cli_story.py has the same chapters.

import * as connect from "@aws-sdk/client-connect";
import * as connectcases from "@aws-sdk/client-connectcases";

// As in a program of a user's own: region, credentials and endpoint come from the environment.
const cases = new connectcases.ConnectCasesClient();
const instances = new connect.ConnectClient();

// ---- Cases ----------------------------------------------------------------------------------------------------------

export async function prepare({ name }) {
  const { domainId } = await cases.send(new connectcases.CreateDomainCommand({ name }));
  const field = async (name, type) =>
    (await cases.send(new connectcases.CreateFieldCommand({ domainId, name, type }))).fieldId;
  const priority = await field("Priority", "SingleSelect");
  const amount = await field("Amount", "Number");
  const notes = await field("Notes", "Text");
  const options = ["high", "low"].map((value) => ({ name: value.toUpperCase(), value, active: true }));
  const put = await cases.send(
    new connectcases.BatchPutFieldOptionsCommand({ domainId, fieldId: priority, options }),
  );
  const fieldGroup = { name: "About", fields: [{ id: priority }, { id: amount }] };
  const content = { basic: { topPanel: { sections: [{ fieldGroup }] } } };
  const { layoutId } = await cases.send(new connectcases.CreateLayoutCommand({ domainId, name: "Desk", content }));
  const { templateId } = await cases.send(
    new connectcases.CreateTemplateCommand({
      domainId,
      name: "Refund",
      layoutConfiguration: { defaultLayout: layoutId },
      requiredFields: [{ fieldId: priority }],
    }),
  );
  return {
    domainId,
    templateId,
    layoutId,
    priority,
    amount,
    notes,
    optionErrors: put.errors,
    domain: await cases.send(new connectcases.GetDomainCommand({ domainId })),
    layout: await cases.send(new connectcases.GetLayoutCommand({ domainId, layoutId })),
    template: await cases.send(new connectcases.GetTemplateCommand({ domainId, templateId })),
    options: await cases.send(new connectcases.ListFieldOptionsCommand({ domainId, fieldId: priority })),
  };
}

export async function openCases({ domainId, templateId, wanted }) {
  return Promise.all(
    wanted.map(({ fields, tags }) =>
      cases.send(new connectcases.CreateCaseCommand({ domainId, templateId, fields, tags })),
    ),
  );
}

export async function listFields({ domainId }) {
  const pages = [];
  for await (const page of connectcases.paginateListFields({ client: cases, pageSize: 7 }, { domainId })) {
    pages.push(page.fields.map((field) => field.fieldId));
  }
  return { pages };
}

export async function search({ domainId, ...query }) {
  const found = [];
  const totals = [];
  const pages = connectcases.paginateSearchCases({ client: cases, pageSize: 4 }, { domainId, ...query });
  for await (const page of pages) {
    found.push(...page.cases);
    totals.push(page.totalCount);
  }
  return { cases: found, totals };
}

export async function changeCase({ domainId, caseId, fields, changes }) {
  const look = () => cases.send(new connectcases.GetCaseCommand({ domainId, caseId, fields }));
  const before = await look();
  await cases.send(new connectcases.UpdateCaseCommand({ domainId, caseId, fields: changes }));
  return { before, after: await look() };
}

export async function relate({ domainId, caseId, comment, contactArn }) {
  const create = (type, content) =>
    cases.send(new connectcases.CreateRelatedItemCommand({ domainId, caseId, type, content }));
  const made = [
    await create("Comment", { comment: { body: comment, contentType: "Text/Plain" } }),
    await create("Contact", { contact: { contactArn } }),
  ];
  const found = [];
  for await (const page of connectcases.paginateSearchRelatedItems(
    { client: cases, pageSize: 1 },
    { domainId, caseId },
  )) {
    found.push(...page.relatedItems);
  }
  const linked = await cases.send(new connectcases.ListCasesForContactCommand({ domainId, contactArn }));
  return { made, found, cases: linked.cases };
}

export async function audit({ domainId, caseId }) {
  const events = [];
  for await (const page of connectcases.paginateGetCaseAuditEvents(
    { client: cases, pageSize: 2 },
    { domainId, caseId },
  )) {
    events.push(...page.auditEvents);
  }
  return { events };
}

export async function batch({ domainId, priority, amount }) {
  const options = [
    { name: "Normal", value: "normal", active: true },
    { name: "Normal again", value: "normal", active: true },
  ];
  return {
    put: await cases.send(
      new connectcases.BatchPutFieldOptionsCommand({ domainId, fieldId: priority, options }),
    ),
    got: await cases.send(
      new connectcases.BatchGetFieldCommand({ domainId, fields: [{ id: amount }, { id: "nowhere" }] }),
    ),
  };
}

export async function tag({ arn, tags, tagKeys }) {
  await cases.send(new connectcases.TagResourceCommand({ arn, tags }));
  const tagged = await cases.send(new connectcases.ListTagsForResourceCommand({ arn }));
  await cases.send(new connectcases.UntagResourceCommand({ arn, tagKeys }));
  const untagged = await cases.send(new connectcases.ListTagsForResourceCommand({ arn }));
  return { tagged: tagged.tags, untagged: untagged.tags };
}

// ---- Views and task templates ---------------------------------------------------------------------------------------

export async function findInstance() {
  const { InstanceSummaryList } = await instances.send(new connect.ListInstancesCommand({}));
  return InstanceSummaryList[0];
}

export async function publishView({ InstanceId, Name, content, newContent, Tags }) {
  const describe = async (ViewId) =>
    (await instances.send(new connect.DescribeViewCommand({ InstanceId, ViewId }))).View;
  const { View } = await instances.send(
    new connect.CreateViewCommand({ InstanceId, Name, Status: "PUBLISHED", Content: content, Tags }),
  );
  const versioned = await instances.send(
    new connect.CreateViewVersionCommand({
      InstanceId,
      ViewId: View.Id,
      VersionDescription: "first",
      ViewContentSha256: View.ViewContentSha256,
    }),
  );
  await instances.send(
    new connect.UpdateViewContentCommand({ InstanceId, ViewId: View.Arn, Status: "SAVED", Content: newContent }),
  );
  await instances.send(
    new connect.UpdateViewMetadataCommand({ InstanceId, ViewId: View.Arn, Description: "says hello" }),
  );
  const versions = [];
  for await (const page of connect.paginateListViewVersions(
    { client: instances },
    { InstanceId, ViewId: View.Arn },
  )) {
    versions.push(...page.ViewVersionSummaryList);
  }
  return {
    created: View,
    versioned: versioned.View,
    latest: await describe(`${View.Arn}:$LATEST`),
    saved: await describe(`${View.Arn}:$SAVED`),
    first: await describe(`${View.Arn}:1`),
    versions,
  };
}

export async function listViews({ InstanceId }) {
  const names = [];
  for await (const page of connect.paginateListViews({ client: instances, pageSize: 2 }, { InstanceId })) {
    names.push(...page.ViewsSummaryList.map((view) => view.Name));
  }
  return { names };
}

export async function keepLargeView({ InstanceId, Name, size }) {
  const Template = JSON.stringify({ Head: { Title: "" }, Body: [] });
  const filled = Template.replace('""', JSON.stringify("x".repeat(size - Template.length)));
  const { View } = await instances.send(
    new connect.CreateViewCommand({ InstanceId, Name, Status: "PUBLISHED", Content: { Template: filled, Actions: [] } }),
  );
  const read = await instances.send(new connect.DescribeViewCommand({ InstanceId, ViewId: View.Id }));
  return { size: read.View.Content.Template.length, same: read.View.Content.Template === filled };
}

export async function keepTaskTemplate({ InstanceId, definition, changed }) {
  const { Id } = await instances.send(new connect.CreateTaskTemplateCommand({ InstanceId, ...definition }));
  const look = () => instances.send(new connect.GetTaskTemplateCommand({ InstanceId, TaskTemplateId: Id }));
  const created = await look();
  const updated = await instances.send(
    new connect.UpdateTaskTemplateCommand({ InstanceId, TaskTemplateId: Id, ...changed }),
  );
  const listed = [];
  for await (const page of connect.paginateListTaskTemplates({ client: instances }, { InstanceId })) {
    listed.push(...page.TaskTemplates);
  }
  return { created, updated, read: await look(), listed };
}

export async function startTask({ InstanceId, definition, ScheduledTime }) {
  const { Id } = await instances.send(new connect.CreateTaskTemplateCommand({ InstanceId, ...definition }));
  return instances.send(
    new connect.StartTaskContactCommand({ InstanceId, Name: "Call", TaskTemplateId: Id, ScheduledTime }),
  );
}

// ---- what goes wrong ------------------------------------------------------------------------------------------------

const SERVICES = {
  connectcases: [connectcases, connectcases.ConnectCasesClient],
  connect: [connect, connect.ConnectClient],
};

// Calls any operation, and says what came of it. Without maxAttempts the SDK tries as often as it does by itself.
export async function call({ service, operation, input, maxAttempts }) {
  const [sdk, Client] = SERVICES[service];
  const Command = sdk[`${operation}Command`];
  if (Command === undefined) {
    return { unknown: true };
  }
  const client = new Client({ maxAttempts });
  try {
    const answer = await client.send(new Command(input));
    return { answer, attempts: answer.$metadata.attempts };
  } catch (error) {
    if (!error.$metadata) {
      // The SDK itself failed.
      throw error;
    }
    return { refusal: describeError(sdk, error) };
  }
}

// Calls several operations, each once and after the one before has been answered.
export async function callAll({ calls }) {
  const told = [];
  for (const one of calls) {
    told.push(await call({ ...one, maxAttempts: 1 }));
  }
  return told;
}

function describeError(sdk, error) {
  const { name, message, $fault, $retryable, $metadata, ...members } = error;
  return {
    code: name,
    message,
    // Whether it is of the class that the SDK has for such an error, and of its class for every error.
    typed: sdk[name] !== undefined && error instanceof sdk[name],
    ofService: error instanceof (sdk.ConnectServiceException ?? sdk.ConnectCasesServiceException),
    fault: $fault,
    retryable: $retryable !== undefined,
    status: $metadata.httpStatusCode,
    requestId: $metadata.requestId,
    attempts: $metadata.attempts,
    members,
  };
}
