using System.Text.Json;

namespace Billing.Parsing;

/// <summary>The members of an object by column.</summary>
internal readonly struct JsonFields(JsonObject members) : IRowFields
{
    public ReadOnlySpan<byte> this[int column] => members.TryFind(column, out JsonMember member) ? members.ValueOf(member) : default;

    public bool IsNumber(int column) => members.TryFind(column, out JsonMember member) && member.Kind == JsonTokenType.Number;
}
