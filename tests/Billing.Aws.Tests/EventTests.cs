using System.Text;

namespace Billing.Aws.Tests;

/// <summary>The events that AWS publishes, and the envelopes that they come in.</summary>
public sealed class EventTests
{
    [Fact]
    public void Every_record_of_an_S3_event_is_read_and_its_key_decoded()
    {
        S3Event read = S3Event.Parse(Sample("s3-event.json"));
        Assert.Equal(["HappyFace.jpg", "New File.jpg"], read.Records.Select(record => record.Key));
        Assert.All(read.Records, record => Assert.True(record is { Bucket: "sourcebucket", Size: 1024, ETag: "0123456789abcdef0123456789abcdef", IsCreated: true }));
        Assert.Equal("s3://sourcebucket/New File.jpg", read.Records[1].Address);
    }

    [Theory]
    [InlineData("sample-s3-put.json", true)]
    [InlineData("sample-s3-delete.json", false)]
    [InlineData("cloudwatchevents-s3objectcreated.json", true)]
    [InlineData("cloudwatchevents-s3objectdeleted.json", false)]
    public void S3_events_of_every_kind_say_whether_there_is_an_object(string file, bool isCreated) =>
        Assert.Equal(isCreated, Assert.Single(S3Event.Parse(Sample(file)).Records).IsCreated);

    [Fact]
    public void An_event_of_EventBridge_has_version_and_tag_under_other_names_and_a_key_as_it_is()
    {
        S3EventRecord record = Assert.Single(S3Event.Parse(Sample("cloudwatchevents-s3objectcreated.json")).Records);
        Assert.Equal(("DOC-EXAMPLE-BUCKET1", "example-key", 5L, "b1946ac92492d2347c6235b4d2611184", "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e"), (record.Bucket, record.Key, record.Size!.Value, record.ETag, record.VersionId));
        Assert.Equal("a+b%20c", Assert.Single(S3Event.Parse("""{"source":"aws.s3","detail-type":"Object Created","detail":{"bucket":{"name":"b"},"object":{"key":"a+b%20c"}}}""").Records).Key);
    }

    [Theory]
    [InlineData("r+c%20%C3%A9%2B.csv", "r c é+.csv")]
    [InlineData("%E6%97%A5%e6%9c%ac/x", "日本/x")]
    [InlineData("a%2Fb%25", "a/b%")]
    [InlineData("é😀", "é😀")]
    public void Keys_are_decoded_as_S3_encodes_them(string encoded, string key) => Assert.Equal(key, Assert.Single(S3Event.Parse(Notification(encoded)).Records).Key);

    [Theory]
    [InlineData("a%2")]
    [InlineData("a%zz")]
    [InlineData("a%ff")]
    public void A_key_that_S3_would_not_write_is_an_error(string encoded) => Assert.Throws<SourceFormatException>(() => S3Event.Parse(Notification(encoded)));

    [Fact]
    public void An_event_is_found_in_a_message_of_SQS_and_in_an_envelope_of_SNS_in_it()
    {
        string inner = Notification("a+b");
        string envelope = $$"""{"Type":"Notification","MessageId":"1","TopicArn":"arn:aws:sns:x:1:t","Message":{{Quoted(inner)}}}""";
        Assert.Equal("a b", Assert.Single(S3Event.Parse(envelope).Records).Key);
        string lambda = $$$"""{"Records":[{"EventSource":"aws:sns","Sns":{"Type":"Notification","Message":{{{Quoted(inner)}}} } }]}""";
        Assert.Equal("a b", Assert.Single(S3Event.Parse(lambda).Records).Key);
        SqsEvent sqs = SqsEvent.Parse(Encoding.UTF8.GetBytes($$"""{"Records":[{"messageId":"m1","body":{{Quoted(envelope)}},"eventSource":"aws:sqs"}]}"""));
        Assert.Equal("a b", Assert.Single(S3Event.Parse(sqs.Messages[0].Body).Records).Key);
    }

    [Fact]
    public void The_test_event_of_a_bucket_has_no_record()
    {
        S3Event read = S3Event.Parse("""{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2014-10-13T15:57:02.089Z","Bucket":"bucketname","RequestId":"5582815E1AEA5ADF","HostId":"8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR"}""");
        Assert.True(read.IsTest);
        Assert.Empty(read.Records);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("hello")]
    [InlineData("""{"Records":[{}]}""")]
    [InlineData("""{"Records":[null]}""")]
    [InlineData("""{"Records":[{"eventName":"x","s3":{"bucket":{"name":"b"},"object":{}}}]}""")]
    public void What_is_no_event_of_a_bucket_is_an_error(string json) => Assert.Throws<SourceFormatException>(() => S3Event.Parse(json));

    [Fact]
    public void An_SQS_event_that_begins_with_a_byte_order_mark_is_read_with_its_attributes()
    {
        SqsMessage message = Assert.Single(SqsEvent.Parse(Sample("sqs-event.json")).Messages);
        Assert.Equal(("MessageID", "Message Body", "MessageReceiptHandle", 2, "SQSQueue"), (message.MessageId, message.Body, message.ReceiptHandle, message.ReceiveCount, message.QueueName));
        Assert.Equal("123", message.MessageAttributes["Attribute1"].StringValue);
        Assert.Null(message.GroupId);
    }

    [Theory]
    [InlineData("""{"Records":[{"body":"x"}]}""")]
    [InlineData("""{"Records":[{"messageId":"","body":"x"}]}""")]
    [InlineData("""{"Records":null}""")]
    [InlineData("{}")]
    public void An_SQS_event_without_ids_is_an_error_since_no_answer_could_name_its_messages(string json) =>
        Assert.Throws<SourceFormatException>(() => SqsEvent.Parse(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Events_are_written_as_they_are_read()
    {
        SqsEvent read = SqsEvent.Parse(Sample("sqs-event.json"));
        SqsMessage again = Assert.Single(SqsEvent.Parse(read.ToUtf8Bytes()).Messages);
        Assert.Equal((read.Messages[0].Body, read.Messages[0].ReceiveCount), (again.Body, again.ReceiveCount));
    }

    [Fact]
    public void The_batch_response_has_the_shape_that_Lambda_takes()
    {
        SqsBatchResponse published = SqsBatchResponse.Parse(Sample("sqs-response.json"));
        Assert.Equal(["MessageID_1", "MessageID_2"], published.Failures.Select(failure => failure.MessageId));
        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"a"}]}""", Encoding.UTF8.GetString(SqsBatchResponse.Of(["a"]).ToUtf8Bytes()));
        Assert.Equal("""{"batchItemFailures":[]}""", Encoding.UTF8.GetString(SqsBatchResponse.Of([]).ToUtf8Bytes()));
        Assert.Throws<ArgumentException>(() => SqsBatchResponse.Of([""]));
        Assert.Throws<SourceFormatException>(() => SqsBatchResponse.Parse("""{"batchItemFailures":[{"itemIdentifier":""}]}"""u8));
    }

    private static byte[] Sample(string file)
    {
        Assert.SkipUnless(SharedData.IsHere, SharedData.Missing);
        return File.ReadAllBytes(SharedData.PathTo("aws-events-lambda-dotnet", file));
    }

    private static string Notification(string encodedKey) => $$$"""{"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"b"},"object":{"key":"{{{encodedKey}}}","size":1} } }]}""";

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
