using System.Net;
using Amazon.S3;
using Billing.Aws.Requests;

namespace Billing.Aws.Objects;

/// <summary>Says what an error of S3 means here.</summary>
internal static class ObjectErrors
{
    /// <summary>The exception for one of the client, which has tried again what may pass.</summary>
    public static AwsException Of(AmazonS3Exception exception, string operation, string name, bool isResuming = false)
    {
        string code = string.IsNullOrEmpty(exception.ErrorCode) ? exception.StatusCode.ToString() : exception.ErrorCode;
        string why = exception switch
        {
            { StatusCode: HttpStatusCode.PreconditionFailed } when isResuming => "The object was overwritten while it was read. Read it again.",
            { StatusCode: HttpStatusCode.PreconditionFailed } when operation == "GetObject" => "The object was overwritten before it was read, and its bucket keeps no versions: what it held is gone. The event of the newer object reads that one. Keep versions of the bucket, or upload the older file again under a key of its own.",
            { StatusCode: HttpStatusCode.PreconditionFailed } => "The object is there already.",
            { StatusCode: HttpStatusCode.NotFound } => "It is not there, or may not be listed (then S3 says 404 for what is missing only with s3:ListBucket).",
            { StatusCode: HttpStatusCode.Forbidden } => "Access is refused. Check the permissions that docs/aws.md lists, and that of the key that encrypts the object.",
            _ => AwsErrors.Clean(exception.Message),
        };
        return new AwsException(AwsService.S3.Name, operation, code, $"{name}: {why}", exception.StatusCode == 0 ? null : exception.StatusCode, exception.RequestId, exception);
    }
}
