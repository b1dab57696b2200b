using System.Text.Json.Serialization;
using Billing.Web.Client.Host;
using Billing.Web.Client.Importing;
using Billing.Web.Client.Parts;

namespace Billing.Web.Client;

/// <summary>The shapes of what the page keeps in the browser, and of what comes with it.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Dictionary<string, FirstAnswer>))]
[JsonSerializable(typeof(ExpenseFields))]
[JsonSerializable(typeof(KeptImport))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(TextDraft))]
internal sealed partial class PageJsonContext : JsonSerializerContext;
