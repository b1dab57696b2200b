using System.Buffers;
using System.Text;
using System.Text.Json;
using Billing.Storage;

namespace Billing.Core.Tests.Storage;

public sealed class JsonTextTests
{
    [Fact]
    public void Attributes_come_back_with_their_marks_and_with_names_that_repeat()
    {
        RecordAttributes attributes = new(["z", "balance", "z", "none"], ["1", "9", "2", null], ["balance"]);
        byte[] json = JsonText.ToBytes(attributes)!;
        Assert.Equal("""{"z":"1","balance":["9"],"z":"2","none":null}""", Encoding.UTF8.GetString(json));
        RecordAttributes read = JsonText.ReadAttributes(json);
        Assert.Equal(attributes, read);
        Assert.Equal(["balance"], read.Ignored);
    }

    [Theory]
    [InlineData("""{"a":["1","2"]}""", "'a'")]
    [InlineData("""{"a":[]}""", "'a'")]
    [InlineData("""{"a":[1]}""", "'a'")]
    [InlineData("""{"a":1}""", "'a'")]
    [InlineData("""{"a":true}""", "'a'")]
    [InlineData("""{"a":{"b":"c"}}""", "'a'")]
    [InlineData("""["a"]""", "object")]
    [InlineData("\"a\"", "object")]
    [InlineData("""{"a":"1"}{}""", "")]
    public void What_is_no_object_of_attributes_is_refused(string json, string because) =>
        Assert.Contains(because, Assert.ThrowsAny<JsonException>(() => JsonText.ReadAttributes(Encoding.UTF8.GetBytes(json))).Message, StringComparison.Ordinal);

    [Fact]
    public void Nothing_is_written_as_no_bytes_and_read_back()
    {
        Assert.Null(JsonText.ToBytes(RecordAttributes.Empty));
        Assert.Null(JsonText.ToBytes([]));
        Assert.Same(RecordAttributes.Empty, JsonText.ReadAttributes([]));
        Assert.Empty(JsonText.ReadTexts([]));
        Assert.False(JsonText.HasText([], "a"u8));
    }

    [Fact]
    public void Texts_come_back_in_order()
    {
        byte[] json = JsonText.ToBytes(["b", "ä\"", "a"])!;
        Assert.Equal("""["b","ä\"","a"]""", Encoding.UTF8.GetString(json));
        Assert.Equal(["b", "ä\"", "a"], JsonText.ReadTexts(json));
        Assert.True(JsonText.HasText(json, "a"u8));
        Assert.False(JsonText.HasText(json, "ä"u8));
    }

    [Fact]
    public void The_writer_is_flushed_by_its_owner()
    {
        ArrayBufferWriter<byte> output = new();
        using Utf8JsonWriter writer = JsonText.NewWriter(output);
        JsonText.Write(writer, ["a"]);
        JsonText.Write(writer, new RecordAttributes(["a"], ["1"]));
        Assert.Equal(0, output.WrittenCount);
        writer.Flush();
        Assert.NotEqual(0, output.WrittenCount);
    }
}
