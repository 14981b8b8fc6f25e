using Tokenfall.Attacks;
using Tokenfall.Attacks.Floods;

return args switch
{
    ["flood", .. var flood] => await FloodCommand.RunAsync(flood),
    _ => await AttacksCommand.RunAsync(args),
};
