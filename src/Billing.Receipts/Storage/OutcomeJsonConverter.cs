using System.Text.Json;
using System.Text.Json.Serialization;

namespace Billing.Storage;

/// <summary>Writes the outcome of an upload as a word in lower case, as the core writes its enums.</summary>
internal sealed class OutcomeJsonConverter() : JsonStringEnumConverter<ReceiptOutcome>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
