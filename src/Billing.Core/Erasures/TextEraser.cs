using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Billing.Amendments;
using Billing.Storage;

namespace Billing.Erasures;

/// <summary>Erases texts of single records and rows.</summary>
internal sealed class TextEraser(PartyText party, IReadOnlyCollection<string> keep)
{
    private static readonly byte[] s_placeholder = Encoding.UTF8.GetBytes(LedgerErasure.Placeholder);

    private readonly HashSet<string> _keep = new(keep, StringComparer.OrdinalIgnoreCase);

    /// <summary>The fields of a record that must be erased; usually none.</summary>
    public IReadOnlyList<string> FieldsOf(BillingRecord record)
    {
        bool isOfParty = party.Is(record.Party);
        List<string> fields = [];
        Add("source_id", record.SourceId, false);
        Add("party", record.Party, isOfParty);
        Add("account", record.Account, isOfParty && !_keep.Contains("account"));
        Add("description", record.Description, isOfParty && !_keep.Contains("description"));
        foreach ((string name, string? value) in record.Attributes)
        {
            Add(ErasedText.OfAttribute + name, value, isOfParty && !_keep.Contains(name));
        }

        return fields;

        void Add(string field, string? text, bool always)
        {
            if (!string.IsNullOrWhiteSpace(text) && text != LedgerErasure.Placeholder && (always || party.IsIn(text)))
            {
                fields.Add(field);
            }
        }
    }

    /// <summary>The record without these texts. Everything else stays, field by field.</summary>
    public static BillingRecord Erase(BillingRecord record, IReadOnlyList<string> fields)
    {
        if (fields.Count == 0)
        {
            return record;
        }

        ArrayBufferWriter<byte> buffer = new(1024);
        using (Utf8JsonWriter json = JsonText.NewWriter(buffer))
        {
            json.WriteStartObject();
            RecordFields.Write(record, new RecordJsonWriter(json));
            json.WriteEndObject();
        }

        JsonObject members = JsonNode.Parse(buffer.WrittenSpan)!.AsObject();
        foreach (string field in fields)
        {
            if (!field.StartsWith(ErasedText.OfAttribute, StringComparison.Ordinal))
            {
                members[field] = LedgerErasure.Placeholder;
                continue;
            }

            JsonObject attributes = members["attributes"]!.AsObject();
            string name = field[ErasedText.OfAttribute.Length..];
            if (attributes[name] is JsonArray ignored)
            {
                ignored[0] = LedgerErasure.Placeholder;
            }
            else
            {
                attributes[name] = LedgerErasure.Placeholder;
            }
        }

        using JsonDocument erased = JsonDocument.Parse(members.ToJsonString());
        return RecordFields.Read(new RecordJsonReader(erased.RootElement));
    }

    /// <summary>The row without its text, and closed; null if it does not contain the name.</summary>
    public QuarantinedRecord? Erase(QuarantinedRecord row, string entryId) => !party.IsIn(row) ? null : new QuarantinedRecord
    {
        Key = row.Key,
        RunId = row.RunId,
        Source = row.Source,
        Scope = row.Scope,
        Reason = row.Reason,
        Detail = party.IsIn(row.Detail) ? LedgerErasure.Placeholder : row.Detail,
        Raw = s_placeholder,
        RawLength = row.RawLength,
        Format = row.Format,
        Header = party.IsIn(row.Header) ? LedgerErasure.Placeholder : row.Header,
        Separator = row.Separator,
        Amount = row.Amount,
        CurrencyCode = row.CurrencyCode,
        Resolution = row.Resolution ?? QuarantinedRecord.Dismissed($"erased by {entryId}"),
    };
}
