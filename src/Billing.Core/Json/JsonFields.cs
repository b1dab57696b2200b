using System.Text.Json;
using Billing.Layouts;

namespace Billing.Json;

/// <summary>The members of an object by column.</summary>
internal readonly struct JsonFields(JsonObject members, JsonNames names) : IRowFields
{
    public byte[]? Block => null;

    public ReadOnlySpan<byte> this[int column] =>
        members.TryFind(column, out JsonMember member) ? members.ValueOf(member)
        : names.PathOf(column) is { } path ? members.ValueAt(path, out _, out _)
        : default;

    public bool IsNumber(int column)
    {
        if (members.TryFind(column, out JsonMember member))
        {
            return member.Kind == JsonTokenType.Number;
        }

        JsonTokenType kind = JsonTokenType.None;
        if (names.PathOf(column) is { } path)
        {
            members.ValueAt(path, out kind, out _);
        }

        return kind == JsonTokenType.Number;
    }
}
