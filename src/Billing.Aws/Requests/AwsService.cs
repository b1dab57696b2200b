namespace Billing.Aws.Requests;

/// <summary>The names of a service in errors, signatures, addresses and the environment.</summary>
internal sealed record AwsService(string Name, string SigningName, string EndpointVariable)
{
    public static AwsService Sqs { get; } = new("SQS", "sqs", "AWS_ENDPOINT_URL_SQS");

    public static AwsService Sns { get; } = new("SNS", "sns", "AWS_ENDPOINT_URL_SNS");

    public static AwsService SecretsManager { get; } = new("Secrets Manager", "secretsmanager", "AWS_ENDPOINT_URL_SECRETS_MANAGER");

    public static AwsService S3 { get; } = new("S3", "s3", "AWS_ENDPOINT_URL_S3");
}
